// A portal's page around the element, for tests: a form of the portal's own, with things in it to compare.

export const portal = (element = "<common-assessment></common-assessment>") => `
  <header class="portal-bar"><h1>Portal</h1><a id="menu" href="#menu">Menu</a></header>
  <form class="card" id="theirs" action="#sent"><label>Search <input id="search" name="q" type="search"></label>
  ${element}
  <table><caption>Pupils</caption><tr><th>Name</th><td><button>Send</button></td></tr></table>
  <ul><li>One <strong>two</strong></li></ul><details open><summary>More</summary><p>Text</p></details></form>`;
