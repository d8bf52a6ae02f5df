//! Signing in through the authority's OpenID Connect provider: authorization code with PKCE, by the openidconnect crate.
//! Knows no HTTP of ours and no store: it says where to send the browser, and who came back.

use std::path::PathBuf;

use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthenticationContextClass, AuthorizationCode, Client, ClientId,
    ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata,
        CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::{
    sync::Mutex,
    time::{Duration, Instant},
};

use crate::staff::StaffMember;

use super::{
    claims::{ClaimNames, NoAccess},
    outside::Outside,
};

/// How the authority's provider is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// The provider: `https`, or `http` on this machine. Its discovery document is below it.
    pub issuer: String,
    /// Our id there.
    pub client_id: String,
    /// The file with our secret there, if we have one. Never a setting itself: settings are printed and copied.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// What to ask for besides `openid`, so that the claims are there.
    #[serde(default = "profile_scope")]
    pub scopes: Vec<String>,
    /// How somebody must have signed in there, by the provider's own names for it, the best one first: the `acr` of OpenID
    /// Connect. One of these must be in the ID token. Without any, however the provider signs people in is enough.
    #[serde(default)]
    pub acr_values: Vec<String>,
    /// Which claims say what.
    #[serde(default)]
    pub claims: ClaimNames,
}

impl ProviderSettings {
    /// Whether somebody who signed in that way may come in. Where a way is asked for, an answer that names none is not enough.
    fn is_enough(&self, way: Option<&str>) -> bool {
        self.acr_values.is_empty() || way.is_some_and(|way| self.acr_values.iter().any(|one| one == way))
    }
}

fn profile_scope() -> Vec<String> {
    vec!["profile".to_owned()]
}

/// Everything else that the provider says about a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct OtherClaims(Map<String, Value>);

impl AdditionalClaims for OtherClaims {}

type Fields = IdTokenFields<
    OtherClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

/// A client that knows where to send people and where to fetch tokens.
type ReadyClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody could be signed in.
#[derive(Debug, thiserror::Error)]
pub enum CannotSignIn {
    /// The provider cannot be reached, or its answers cannot be used. Later it may work.
    #[error("the sign-in provider gave no usable answer: {0}")]
    Provider(String),
    /// The provider's answer fails a check: another issuer, nonce, audience, signature or time.
    #[error("the sign-in provider's answer is refused: {0}")]
    Refused(String),
    /// The person is known to the provider and has no place here.
    #[error(transparent)]
    NoAccess(#[from] NoAccess),
}

/// An attempt to sign in that has just begun.
pub struct Begun {
    /// Where to send the browser.
    pub address: String,
    /// Names the attempt, in the address.
    pub state: String,
    /// Must come back in the ID token.
    pub nonce: String,
    /// Proves that the one who fetches the token also began.
    pub verifier: String,
}

/// The authority's provider. What it says about itself is fetched when it is first needed, and again after a while.
pub struct Provider {
    settings: ProviderSettings,
    secret: Option<ClientSecret>,
    redirect: RedirectUrl,
    outside: Outside,
    known: Mutex<Option<(Instant, ReadyClient)>>,
}

/// How long the provider's keys and addresses count.
const FRESH: Duration = Duration::from_secs(3600);

impl Provider {
    /// A provider that sends people back to `callback`, a whole address.
    ///
    /// # Errors
    /// If `callback` is not an address.
    pub fn new(
        settings: ProviderSettings,
        secret: Option<String>,
        callback: &str,
        outside: Outside,
    ) -> Result<Self, String> {
        let redirect = RedirectUrl::new(callback.to_owned()).map_err(|error| error.to_string())?;
        Ok(Self {
            settings,
            secret: secret.map(ClientSecret::new),
            redirect,
            outside,
            known: Mutex::new(None),
        })
    }

    /// Begins: a new attempt with secrets of its own.
    ///
    /// # Errors
    /// If the provider cannot be reached.
    pub async fn begin(&self) -> Result<Begun, CannotSignIn> {
        let client = self.client(false).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(self.settings.scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        let ways = self.settings.acr_values.iter().cloned().map(AuthenticationContextClass::new);
        let request = ways.fold(request, openidconnect::AuthorizationRequest::add_auth_context_value);
        let (address, state, nonce) = request.url();
        Ok(Begun {
            address: address.into(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Finishes: who came back with that code.
    ///
    /// # Errors
    /// If the code or what it is exchanged for is refused, or the person has no place here.
    pub async fn finish(
        &self,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<StaffMember, CannotSignIn> {
        let mut client = self.client(false).await?;
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(unusable)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        let tokens = request.request_async(&self.outside).await;
        let tokens = tokens.map_err(|error| CannotSignIn::Refused(kind(&error)))?;
        let token = tokens.id_token().ok_or_else(|| CannotSignIn::Refused("no ID token".to_owned()))?;
        let nonce = Nonce::new(nonce);
        if token.claims(&client.id_token_verifier(), &nonce).is_err() {
            // The provider's keys may have changed since they were fetched.
            client = self.client(true).await?;
        }
        let refused = |error: &dyn std::fmt::Display| CannotSignIn::Refused(error.to_string());
        let verifier = client.id_token_verifier();
        let claims = token.claims(&verifier, &nonce).map_err(|error| refused(&error))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| refused(&error))?;
            let key = token.signing_key(&verifier).map_err(|error| refused(&error))?;
            let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if actual.ok().as_ref() != Some(expected) {
                return Err(CannotSignIn::Refused("the access token is another one".to_owned()));
            }
        }
        if !self.settings.is_enough(claims.auth_context_ref().map(|way| way.as_str())) {
            return Err(CannotSignIn::Refused("it is not one of the ways in `acr_values`".to_owned()));
        }
        let mut said = claims.additional_claims().0.clone();
        // The library has taken the standard claims out.
        if let Some(name) = claims.name().and_then(|name| name.get(None)) {
            said.entry("name").or_insert_with(|| Value::String(name.to_string()));
        }
        if let Some(name) = claims.preferred_username() {
            said.entry("preferred_username").or_insert_with(|| Value::String(name.to_string()));
        }
        Ok(self.settings.claims.read(&self.settings.issuer, claims.subject(), &said)?)
    }

    /// Whether a reply that names its issuer (RFC 9207) names this one.
    #[must_use]
    pub fn is_issuer(&self, said: &str) -> bool {
        said == self.settings.issuer
    }

    async fn client(&self, again: bool) -> Result<ReadyClient, CannotSignIn> {
        let mut known = self.known.lock().await;
        match &*known {
            Some((fetched, client)) if !again && fetched.elapsed() < FRESH => Ok(client.clone()),
            _ => {
                let client = self.discover().await?;
                *known = Some((Instant::now(), client.clone()));
                Ok(client)
            }
        }
    }

    /// Fetches the discovery document, whose issuer must be exactly the configured one, and the keys.
    async fn discover(&self) -> Result<ReadyClient, CannotSignIn> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(unusable)?;
        let said = CoreProviderMetadata::discover_async(issuer, &self.outside).await.map_err(unusable)?;
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(Client::from_provider_metadata(said, id, self.secret.clone())
            .set_redirect_uri(self.redirect.clone()))
    }
}

fn unusable(error: impl std::fmt::Display) -> CannotSignIn {
    CannotSignIn::Provider(error.to_string())
}

/// What kind of refusal it was, without anything that was sent or received.
fn kind<E: std::error::Error, T: openidconnect::ErrorResponse>(
    error: &openidconnect::RequestTokenError<E, T>,
) -> String {
    match error {
        openidconnect::RequestTokenError::ServerResponse(_) => "the provider refused the code".to_owned(),
        openidconnect::RequestTokenError::Request(error) => error.to_string(),
        openidconnect::RequestTokenError::Parse(..) => "the provider's reply cannot be read".to_owned(),
        openidconnect::RequestTokenError::Other(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_who_signed_in_another_way_than_is_asked_for_stays_out_b38() {
        let asks = |ways: &[&str]| ProviderSettings {
            issuer: "https://login.example".to_owned(),
            client_id: "common-assessment".to_owned(),
            client_secret_file: None,
            scopes: Vec::new(),
            acr_values: ways.iter().map(ToString::to_string).collect(),
            claims: ClaimNames::default(),
        };
        for (ways, said, is_enough) in [
            (&[][..], None, true),
            (&[], Some("password"), true),
            (&["two-factors", "card"], Some("card"), true),
            (&["two-factors", "card"], Some("password"), false),
            (&["two-factors"], Some("Two-Factors"), false),
            (&["two-factors"], Some("two-factors card"), false),
            (&["two-factors"], Some(""), false),
            (&["two-factors"], None, false),
        ] {
            assert_eq!(asks(ways).is_enough(said), is_enough, "{ways:?} {said:?}");
        }
    }
}
