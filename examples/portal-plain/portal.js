// A portal in plain JavaScript, with the form in its page. Its own scripts can see the form.

const form = document.querySelector("common-assessment");
const news = document.querySelector("#news");

/** The portal's own server knows who is signed in, and gives a token for that person. It is kept nowhere here. */
form.token = async () => {
  const reply = await fetch("/session/token", { method: "POST" });
  if (!reply.ok) throw new Error(`no token: HTTP ${reply.status}`);
  return reply.text();
};

/** What the portal knows already. It is shown as prefilled, and the practitioner confirms it. */
form.prefill = { "identifying_details.given_names": "Ada", "identifying_details.family_name": "Example", "identifying_details.dob": "2018-05-04" };

const say = (text) => {
  news.textContent = text;
};
form.addEventListener("assessment-submitted", () => say("The assessment was sent."));
form.addEventListener("assessment-needs-token", () => say("You need to sign in to the portal again."));
form.addEventListener("assessment-error", ({ detail }) => say(`The form has a problem: ${detail.reason}.`));
