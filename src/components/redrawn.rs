//! A part of a page that is drawn again whenever something that it reads changes.

use leptos::prelude::*;

/// Draws a part of a page now and again later. The closure is boxed, so that all such parts share the code around it.
pub(crate) fn redrawn<T: IntoAny>(draw: impl Fn() -> T + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> AnyView + Send> = Box::new(move || draw().into_any());
    draw.into_any()
}
