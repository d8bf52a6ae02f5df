-- Erasing somebody is a further revision of each of their families, so that a change that was made from what was there before is
-- refused.
CREATE TRIGGER erasing_is_a_revision AFTER INSERT ON erasing WHEN NEW.kind = 'family'
BEGIN UPDATE families SET revision = revision + 1 WHERE id = NEW.id; END;
