// What runs in the page for page.mjs. Each function travels as its source, so it names nothing outside itself but `find`
// and `look`.

/**
 * The elements that the steps of a locator lead to: { css }, { role, name, exact }, { first } and { or: steps }. Open
 * shadow roots are looked into, as Playwright does.
 */
export function find(steps) {
  const deep = (root, css) => [
    ...root.querySelectorAll(css),
    ...[...root.querySelectorAll("*")].flatMap((node) => (node.shadowRoot ? deep(node.shadowRoot, css) : [])),
  ];
  const below = (nodes, css) =>
    nodes.flatMap((node) => [...deep(node, css), ...(node.shadowRoot ? deep(node.shadowRoot, css) : [])]);
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const named = (node, { name, exact }) => {
    const own = tidy(node.getAttribute("aria-label") ?? node.textContent);
    return exact ? own === name : own.toLowerCase().includes(name.toLowerCase());
  };
  const roles = { button: "button, [role=button]", link: "a[href]" };
  let found = [document];
  for (const step of steps) {
    if (step.css) found = below(found, step.css);
    if (step.role) found = below(found, roles[step.role]).filter((node) => node.checkVisibility() && named(node, step));
    if (step.first) found = found.slice(0, 1);
    if (step.or) found = [...new Set([...found, ...find(step.or)])];
  }
  return found;
}

/** How many there are, and the only one's text, value and state; `why` says what keeps it from being used. */
export function look(steps) {
  const found = find(steps);
  const [node] = found;
  const count = found.length;
  if (count !== 1) return { count, why: count ? `there are ${count}` : "it is not on the page" };
  const isVisible = node.checkVisibility({ visibilityProperty: true }) && node.getClientRects().length > 0;
  const { textContent: text, value, checked } = node;
  const why = !isVisible ? "it is not visible" : node.matches(":disabled, [readonly]") ? "it cannot be used" : null;
  return { count, text, value, checked, isVisible, why };
}

/**
 * A point on the one element where a press would reach it, brought into view if need be; or `why` not. `attempt` chooses
 * where on the screen it goes, because bars stick to the edges. The press that follows is marked, for `landed`.
 */
export async function aim(steps, attempt) {
  const { why } = look(steps);
  if (why) return { why };
  const [node] = find(steps);
  const hit = (box) => {
    const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return { why: "it is outside the view" };
    let at = document.elementFromPoint(x, y);
    while (at?.shadowRoot) at = at.shadowRoot.elementFromPoint(x, y);
    const reached = at && (node.contains(at) || at.closest("label")?.control === node);
    return reached ? { x, y } : { why: `<${at?.localName} class="${at?.className}"> is in front of it` };
  };
  // A link can be broken into lines; the middle of its whole box may be beside it.
  const point = () => {
    const boxes = [...node.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    return boxes.map(hit).find((found) => !found.why) ?? hit(node.getBoundingClientRect());
  };
  if (point().why) {
    node.scrollIntoView({ block: ["nearest", "center", "start", "end"][attempt % 4], behavior: "instant" });
  }
  const before = point();
  await new Promise((done) => requestAnimationFrame(done));
  const now = point();
  if (!now.why && (now.x !== before.x || now.y !== before.y)) return { why: "it does not come to rest" };

  globalThis.pressed = undefined;
  const see = (event) => {
    // It may have been drawn again since.
    const path = event.composedPath();
    globalThis.pressed = find(steps).some((node) => path.some((at) => at === node || at.control === node));
  };
  if (!now.why) addEventListener("click", see, { capture: true, once: true });
  return now;
}

/** Whether the press reached the element; null before there was one. */
export const landed = () => globalThis.pressed ?? null;
