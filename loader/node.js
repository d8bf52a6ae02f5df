/** An element of HTML with a class and a text. */
export function node(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
