//! Where everything of the triangle is drawn, in the units of its view box. Plain numbers; nothing of the form.

/// Half of the base.
const HALF: i32 = 106;
/// The middle of the picture, from its left edge.
const MIDDLE: i32 = 420;
const WIDTH: i32 = 2 * MIDDLE;
/// Where the triangle begins, below the titles of the two upper sides.
const TOP: i32 = 44;
/// The height of a cell beside the triangle, and the room between two.
const CELL: i32 = 50;
const ROOM: i32 = 4;
/// How wide a cell beside the triangle is.
const CELL_WIDTH: i32 = 302;
const GAP: i32 = 8;
/// The height of a cell below the triangle.
const LOW_CELL: i32 = 108;
/// The room that one sign takes.
const SIGN: i32 = 26;
/// The width of an average letter in a wide font: a reader may have any.
const LETTER: i32 = 9;
/// From line to line, where there is room, and where three lines share a cell of two.
pub(super) const LINE: i32 = 18;
pub(super) const TIGHT: i32 = 16;

/// A triangle with so many elements on its left, right and lower side.
pub(super) struct Shape {
    counts: Vec<usize>,
}

/// Which side of the triangle a cell is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Below,
}

/// Where one element is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    side: Side,
}

impl Shape {
    pub(super) fn of(counts: Vec<usize>) -> Shape {
        Shape { counts }
    }

    fn count(&self, side: usize) -> i32 {
        self.counts.get(side).and_then(|count| i32::try_from(*count).ok()).unwrap_or_default()
    }

    /// The height of the triangle: the longer of its sides needs so much, and it never gets flat.
    fn height(&self) -> i32 {
        20 + (CELL + ROOM) * self.count(0).max(self.count(1)).max(8)
    }

    fn base(&self) -> i32 {
        TOP + self.height()
    }

    pub(super) fn view_box(&self) -> String {
        format!("0 0 {WIDTH} {}", self.base() + 34 + LOW_CELL)
    }

    pub(super) fn outline(&self) -> String {
        let base = self.base();
        format!("M{MIDDLE} {TOP}L{} {base}H{}Z", MIDDLE + HALF, MIDDLE - HALF)
    }

    /// How far the side is from the middle, so far down.
    fn half_at(&self, y: i32) -> i32 {
        HALF * (y - TOP) / self.height()
    }

    /// The cell of an element of a side.
    pub(super) fn cell(&self, side: usize, at: usize) -> Option<Cell> {
        let (at, count) = (i32::try_from(at).ok()?, self.count(side));
        let (side, x, y, width, height) = match side {
            0 | 1 => {
                let pitch = (self.height() - 12) / count.max(1);
                let height = CELL.max((pitch - ROOM).min(64));
                let y = TOP + 12 + pitch * at + (pitch - height) / 2;
                let half = self.half_at(y + height / 2);
                let left = (Side::Left, MIDDLE - half - GAP - CELL_WIDTH);
                let (side, x) = if side == 0 { left } else { (Side::Right, MIDDLE + half + GAP) };
                (side, x, y, CELL_WIDTH, height)
            }
            2 => {
                let width = WIDTH / count.max(1);
                (Side::Below, width * at + 3, self.base() + 32, width - 6, LOW_CELL)
            }
            _ => return None,
        };
        Some(Cell { x, y, width, height, side })
    }

    /// Where the name of a side is, and which end of it is there.
    pub(super) fn title(&self, side: usize) -> (i32, i32, &'static str) {
        match side {
            0 => (MIDDLE - 20, 20, "end"),
            1 => (MIDDLE + 20, 20, "start"),
            _ => (MIDDLE, self.base() + 16, "middle"),
        }
    }

    /// How many letters a line of it has.
    pub(super) fn title_width(&self, side: usize) -> usize {
        if side == 2 { 80 } else { 40 }
    }

    /// Where the middle of the triangle is.
    pub(super) fn middle(&self) -> (i32, i32) {
        (MIDDLE, TOP + self.height() * 3 / 4)
    }
}

impl Cell {
    /// Where its text is beside so many signs, and which end of it is there. The signs are at the triangle.
    pub(super) fn text(&self, signs: usize) -> (i32, i32, &'static str) {
        let middle = self.y + self.height / 2;
        match self.side {
            Side::Left => (self.x + 8, middle, "start"),
            Side::Right => (self.x + 8 + SIGN * number(signs), middle, "start"),
            Side::Below => (self.x + self.width / 2, middle + 15, "middle"),
        }
    }

    /// How many letters a line of it has beside so many signs.
    pub(super) fn letters(&self, signs: usize) -> usize {
        let room =
            if self.side == Side::Below { self.width - 24 } else { self.width - 16 - SIGN * number(signs) };
        usize::try_from(room / LETTER).unwrap_or(10)
    }

    /// How many lines fit into it.
    pub(super) fn lines(&self) -> usize {
        usize::try_from(if self.side == Side::Below { 4 } else { self.height / TIGHT }).unwrap_or(1)
    }

    /// How far it is from line to line, where there are so many.
    pub(super) fn pitch(&self, lines: usize) -> i32 {
        if self.side != Side::Below && LINE * number(lines) > self.height { TIGHT } else { LINE }
    }

    /// The middle of one of so many signs.
    pub(super) fn sign(&self, at: usize, signs: usize) -> (i32, i32) {
        let (at, signs) = (number(at), number(signs));
        let middle = self.y + self.height / 2;
        match self.side {
            Side::Left => (self.x + self.width - SIGN / 2 - 3 - SIGN * at, middle),
            Side::Right => (self.x + SIGN / 2 + 3 + SIGN * at, middle),
            Side::Below => (self.x + self.width / 2 + SIGN * at - SIGN * (signs - 1) / 2, self.y + 16),
        }
    }
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or_default()
}

/// Text in at most so many lines of so many letters, broken between words; what does not fit ends with an ellipsis.
pub(crate) fn wrapped(text: &str, letters: usize, max: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > max {
        lines.truncate(max);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_leaves_the_picture_and_none_lies_over_another() {
        for counts in [[12, 3, 4], [2, 2, 4], [1, 1, 1], [12, 12, 6], [0, 0, 0]] {
            let shape = Shape::of(counts.to_vec());
            let end = shape.base() + 34 + LOW_CELL;
            let cells: Vec<Cell> = (0..3)
                .flat_map(|side| (0..counts[side]).map(move |at| (side, at)))
                .filter_map(|(side, at)| shape.cell(side, at))
                .collect();
            assert_eq!(cells.len(), counts.iter().sum::<usize>());
            for (at, cell) in cells.iter().enumerate() {
                assert!(cell.x >= 0 && cell.x + cell.width <= WIDTH, "{counts:?}: {cell:?}");
                assert!(cell.y >= TOP && cell.y + cell.height <= end, "{counts:?}: {cell:?}");
                for other in &cells[at + 1..] {
                    let beside = cell.x + cell.width <= other.x || other.x + other.width <= cell.x;
                    let apart = cell.y + cell.height <= other.y || other.y + other.height <= cell.y;
                    assert!(beside || apart, "{counts:?}: {cell:?} and {other:?}");
                }
            }
        }
    }

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test states what must be there")]
    fn no_name_of_an_element_is_cut_whatever_is_known_of_it() {
        let framework = assessment_engine::standards::Standards::built_in().unwrap().framework;
        let sides: Vec<Vec<_>> = framework
            .domains
            .iter()
            .map(|domain| framework.elements.iter().filter(|one| one.domain == domain.id).collect())
            .collect();
        let counts = sides.iter().map(Vec::len).collect();
        let shape = Shape::of(counts);
        for (side, elements) in sides.iter().enumerate() {
            for (at, element) in elements.iter().enumerate() {
                let cell = shape.cell(side, at).unwrap();
                for signs in 1..=3 {
                    let lines = wrapped(&element.label, cell.letters(signs), cell.lines());
                    assert_eq!(lines.join(" "), element.label, "{signs} signs");
                    let high = cell.pitch(lines.len()) * number(lines.len());
                    assert!(high <= cell.height, "{}: {high} in {}", element.label, cell.height);
                }
            }
        }
    }

    #[test]
    fn text_is_broken_between_words_and_never_has_more_lines_than_fit() {
        assert_eq!(wrapped("Family and social relationships", 20, 3), ["Family and social", "relationships"]);
        assert_eq!(wrapped("Aspirations", 5, 2), ["Aspirations"]);
        assert_eq!(wrapped("a b c d", 1, 3), ["a", "b", "c…"]);
        assert!(wrapped("", 5, 2).is_empty());
    }
}
