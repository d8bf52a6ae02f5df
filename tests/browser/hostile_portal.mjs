// A portal's page around the element, for tests: a form of the portal's own, with things in it to compare; styles of careless
// and hostile portals; and a measure of whether what must be seen still is.

export const portal = (element = "<common-assessment></common-assessment>") => `
  <header class="portal-bar"><h1>Portal</h1><a id="menu" href="#menu">Menu</a></header>
  <form class="card" id="theirs" action="#sent"><label>Search <input id="search" name="q" type="search"></label>
  ${element}
  <table><caption>Pupils</caption><tr><th>Name</th><td><button>Send</button></td></tr></table>
  <ul><li>One <strong>two</strong></li></ul><details open><summary>More</summary><p>Text</p></details></form>`;

/** Case C18: what careless and hostile pages set, each alone and all together. */
export const HOSTILE = {
  "root size of 62.5 %": "html { font-size: 62.5%; }",
  everything: "* { color: white !important; letter-spacing: .3em !important; font: italic 6px/1 fantasy !important; background: none !important; }",
  words: `common-assessment { text-transform: uppercase; user-select: none; -webkit-user-select: none; direction: rtl; unicode-bidi: bidi-override; line-height: 1; word-break: break-all;
    color: white; letter-spacing: .3em; word-spacing: 2em; text-indent: 5em; text-align: right; text-shadow: 0 0 9px red; white-space: nowrap; hyphens: auto; tab-size: 1;
    -webkit-text-fill-color: transparent; quotes: "x" "y"; cursor: none; caret-color: transparent; list-style: square; text-wrap: nowrap; font-variant: small-caps; }`,
  "no pointer": "common-assessment, body { pointer-events: none; }",
  hidden: "form * { visibility: hidden !important; }",
  unset: "common-assessment { all: unset !important; }",
  inline: "common-assessment { display: inline !important; }",
  flex: "common-assessment { display: flex !important; align-items: flex-start; justify-content: center; }",
  grid: "common-assessment { display: grid !important; place-items: stretch; }",
  vertical: "common-assessment { writing-mode: vertical-rl; text-orientation: upright; }",
  small: "common-assessment { zoom: .4; font-size: 1px; }",
  contained: "common-assessment { contain: content; isolation: isolate; will-change: transform; }",
  card: ".card { overflow: hidden; border-radius: 20px; contain: paint; }",
  "names of ours": ".ca-root, .ca-urgent, .ca-page, .govuk-button, [hidden] { display: none !important; } .ca-root--portal { all: unset; }",
  dark: "html { color-scheme: dark; background: #000; }",
};
HOSTILE["all together"] = Object.entries(HOSTILE).filter(([name]) => !["inline", "flex", "grid", "unset"].includes(name)).map(([, text]) => text).join("\n");

/** What is wrong with how these are seen: [selector, problem]. */
function unseen(root, selectors) {
  const numbers = (colour) => {
    const [, ...parts] = /rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/.exec(colour) ?? [];
    return parts.map((part) => Number(part ?? 1));
  };
  const light = ([...rgb]) => {
    const [r, g, b] = rgb.slice(0, 3).map((part) => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at instanceof Element; at = at.parentElement ?? at.getRootNode().host) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  };
  const found = [];
  for (const selector of selectors) {
    const nodes = [...root.querySelectorAll(selector)].filter((node) => !node.closest("details:not([open]) > :not(summary)"));
    if (nodes.length === 0) found.push([selector, "is not there"]);
    for (const node of nodes) {
      const style = getComputedStyle(node);
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) found.push([selector, "hidden"]);
      for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
        const { opacity, filter, zoom } = getComputedStyle(at);
        if (opacity !== "1" || filter !== "none" || zoom !== "1") found.push([selector, `${at.className}: ${opacity} ${filter} ${zoom}`]);
      }
      if (Number.parseFloat(style.fontSize) < 16) found.push([selector, `letters of ${style.fontSize}`]);
      const [text, back] = [light(numbers(style.color)), light(behind(node))];
      const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
      if (!(contrast >= 4.5)) found.push([selector, `contrast ${contrast.toFixed(2)}`]);
      node.scrollIntoView({ block: "center" });
      const box = node.getBoundingClientRect();
      if (box.width < 20 || box.height < 15) found.push([selector, `${box.width} x ${box.height}`]);
      if (box.left < -1 || box.right > innerWidth + 1) found.push([selector, `from ${box.left} to ${box.right}`]);
      const over = root.elementFromPoint(box.left + Math.min(box.width / 2, 60), box.top + box.height / 2);
      if (over && over !== node && !node.contains(over) && !over.contains(node) && !over.closest(".ca-foot")) found.push([selector, `under ${over.className}`]);
    }
  }
  return found;
}

/** The same, for a locator of an element with a shadow root. */
export const seen = (element, selectors) =>
  element.evaluate(
    (element, [source, selectors]) => new Function(`return (${source})`)()(element.shadowRoot, selectors),
    [unseen.toString(), selectors],
  );
