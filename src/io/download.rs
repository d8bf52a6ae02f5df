//! Files for the practitioner to keep: the browser saves them where it saves everything that is downloaded. Their names say
//! nothing about anybody.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, Url};

/// Has the browser save a file under that name.
pub(crate) fn save(file: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlElement = gloo_utils::document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    // The browser has begun to read it by now.
    Url::revoke_object_url(&address)
}
