// SurveyJS on a page of somebody else's: loaded with the page, as its documents show, and opened when it is asked for.
import { Model } from "survey-core";
import { renderSurvey } from "survey-js-ui";
import "survey-core/survey-core.fontless.min.css";
import definition from "#definition";

globalThis.openForm = () => renderSurvey(new Model(definition), document.getElementById("app"));
