// SurveyJS. `?typing` makes it read each key; by default it reads a text when the field is left.
import { Model } from "survey-core";
import { renderSurvey } from "survey-js-ui";
import "survey-core/survey-core.fontless.min.css";
import definition from "#definition";

if (location.search === "?typing") definition.textUpdateMode = "onTyping";
const survey = new Model(definition);
globalThis.rival = {
  show: (page) => { survey.currentPage = survey.getPageByName(page); },
  controls: (id) => document.querySelectorAll(`[data-name="${id}"] :is(input, textarea, select)`),
};
renderSurvey(survey, document.getElementById("app"));
