//! The headers that protect the page and the data, on every response, errors and files included.
//!
//! No `Strict-Transport-Security`: it must not be sent over plain HTTP. The proxy that ends TLS adds it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Only our own files may run or be fetched, nothing may frame us, and no HTML form can be submitted.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'none'; object-src 'none'; frame-ancestors 'none'";

/// The same policy for nobody's frame.
pub(crate) const NOT_FRAMED: HeaderValue = HeaderValue::from_static(CONTENT_SECURITY_POLICY);

/// The policy for a page that those origins may frame, with a space between them.
pub(crate) fn framed_by(origins: &str) -> String {
    let (rest, _) = CONTENT_SECURITY_POLICY.rsplit_once(' ').unwrap_or_default();
    format!("{rest} {origins}")
}

/// Nothing the form does needs a sensor, a camera or a payment.
pub const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
     encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), \
     payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), \
     xr-spatial-tracking=()";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
];

/// Sets them all, and `Cache-Control: no-store`, unless the handler has set another: the page for a partner's frame and the
/// files that its portal loads do.
pub(crate) fn protect(headers: &mut HeaderMap) {
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
