//! Tokens that are kept until shortly before they expire, and gotten once for all who wait.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use futures_util::future::{FutureExt, Shared, WeakShared};

use super::{AccessToken, BoxFuture, TokenProvider, TokenRequest};
use crate::error::Error;

/// How long before it expires a token is replaced.
const EARLY: Duration = Duration::from_secs(300);

/// A token that is valid for less than 20 minutes is replaced in the last quarter of its time.
const QUARTER: u32 = 4;

/// How long a valid token is used after it could not be replaced, before that is tried again.
const PAUSE: Duration = Duration::from_secs(30);

/// Keeps the tokens of another provider, so that it is asked about once an hour and not for each request.
///
/// - A token is replaced 5 minutes before it expires, or in the last quarter of its time where that is shorter. One
///   without an expiry is kept until the service refuses it.
/// - The provider is asked once for all who wait, however many they are, and they have its token or its error in common.
///   If one of them is dropped, the others go on.
/// - While a token is being replaced, and after that has failed, the old one is used as long as it is valid.
/// - A token that the service refused is replaced once, however many requests it was refused for, and so is one that
///   lacks claims that the service wants.
/// - Tokens for different scopes are kept apart.
///
/// Clones share their tokens. [`ClientCredentials`](crate::ClientCredentials) has one inside.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use graph_runtime::{AccessToken, TokenCache, token_fn};
///
/// let provider = TokenCache::new(token_fn(|request| async move {
///     println!("signing in for {:?}", request.scopes());
///     let hour = Duration::from_secs(3600);
///     Ok(AccessToken::new("eyJ0…").valid_until(SystemTime::now() + hour))
/// }));
/// ```
pub struct TokenCache<P> {
    provider: Arc<P>,
    tokens: Arc<Tokens>,
    /// So that tests can let time pass.
    clock: fn() -> SystemTime,
}

impl<P: TokenProvider> TokenCache<P> {
    /// Keeps the tokens of a provider.
    #[must_use]
    pub fn new(provider: P) -> Self {
        Self {
            provider: Arc::new(provider),
            tokens: Arc::default(),
            clock: SystemTime::now,
        }
    }

    /// The provider that is asked for tokens.
    pub(super) fn provider(&self) -> &P {
        &self.provider
    }
}

impl<P> Clone for TokenCache<P> {
    fn clone(&self) -> Self {
        Self {
            provider: self.provider.clone(),
            tokens: self.tokens.clone(),
            clock: self.clock,
        }
    }
}

impl<P> fmt::Debug for TokenCache<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenCache").finish_non_exhaustive()
    }
}

impl<P: TokenProvider + 'static> TokenProvider for TokenCache<P> {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Result<AccessToken, Error>> {
        Box::pin(async move {
            let refresh = match self.find(request) {
                Found::Token(token) => return Ok(token),
                Found::Refresh(refresh) => refresh,
            };
            match refresh.await {
                Ok(token) => Ok(token),
                Err(error) => {
                    let kept = self.tokens.valid(request, (self.clock)());
                    kept.ok_or(error)
                }
            }
        })
    }
}

type Outcome = Result<AccessToken, Error>;

/// One call of the provider, driven by all who wait for it: by any of them that is polled, so that one that is dropped or
/// left lying holds nobody up, as the holder of a lock would.
type Refresh = Shared<BoxFuture<'static, Outcome>>;

enum Found {
    Token(AccessToken),
    Refresh(Refresh),
}

impl<P: TokenProvider + 'static> TokenCache<P> {
    fn find(&self, request: &TokenRequest) -> Found {
        let now = (self.clock)();
        let mut all = self.tokens.lock();
        let kept = match all.get_mut(request.scopes()) {
            Some(kept) => kept,
            None => all.entry(request.scopes().to_vec()).or_default(),
        };
        kept.forget_refused(request);
        let refresh = kept.under_way(request);
        if let Some(current) = kept.valid(request, now)
            && (!current.is_due(now) || refresh.is_some() || kept.is_pausing(now))
        {
            return Found::Token(current.token.clone());
        }
        Found::Refresh(refresh.unwrap_or_else(|| self.start(kept, request.clone())))
    }

    fn start(&self, kept: &mut Kept, request: TokenRequest) -> Refresh {
        let (provider, tokens, clock) = (self.provider.clone(), self.tokens.clone(), self.clock);
        let number = kept.calls;
        kept.calls += 1;
        let asked = request.clone();
        let refresh = async move {
            let outcome = provider.token(&asked).await;
            tokens.settle(&asked, number, &outcome, clock());
            outcome
        };
        let refresh = refresh.boxed().shared();
        // Held by those who wait alone: when the last of them is gone, so is the call.
        kept.refreshes
            .extend(refresh.downgrade().map(|refresh| UnderWay {
                number,
                request,
                refresh,
            }));
        refresh
    }
}

/// What is kept, by scopes.
#[derive(Default)]
struct Tokens(Mutex<BTreeMap<Vec<String>, Kept>>);

impl Tokens {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Vec<String>, Kept>> {
        // Nothing is left half-done where a panic is possible.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token that is still good for a request that got no other.
    fn valid(&self, request: &TokenRequest, now: SystemTime) -> Option<AccessToken> {
        let all = self.lock();
        let current = all.get(request.scopes())?.valid(request, now)?;
        Some(current.token.clone())
    }

    /// Takes in what the provider said.
    fn settle(&self, request: &TokenRequest, number: u64, outcome: &Outcome, now: SystemTime) {
        let mut all = self.lock();
        let Some(kept) = all.get_mut(request.scopes()) else {
            return;
        };
        kept.refreshes
            .retain(|under_way| under_way.number != number);
        match outcome {
            Ok(token) => {
                kept.pause_until = None;
                kept.current = Some(Current {
                    due: due(token.expires_at(), now),
                    token: token.clone(),
                    claims: request.claims().map(str::to_owned),
                });
            }
            Err(error) => {
                kept.pause_until = now.checked_add(PAUSE);
                let valid = kept.current.as_ref().is_some_and(|old| old.is_valid(now));
                drop(all);
                if valid {
                    // Nobody else learns of it: requests are sent with the old token.
                    tracing::warn!(%error, "the token could not be replaced, and the old one is used");
                }
            }
        }
    }
}

/// What is kept for some scopes.
#[derive(Default)]
struct Kept {
    current: Option<Current>,
    refreshes: Vec<UnderWay>,
    /// How often the provider was called.
    calls: u64,
    /// Until when a valid token is not to be replaced, because that has just failed.
    pause_until: Option<SystemTime>,
}

struct Current {
    token: AccessToken,
    /// When it is to be replaced.
    due: Option<SystemTime>,
    /// The claims that it was asked for with.
    claims: Option<String>,
}

struct UnderWay {
    number: u64,
    request: TokenRequest,
    refresh: WeakShared<BoxFuture<'static, Outcome>>,
}

impl Kept {
    /// Forgets a token that the service does not take any more. One that only lacks claims may do for other requests.
    fn forget_refused(&mut self, request: &TokenRequest) {
        if request.claims().is_none() && request.rejected().is_some() {
            self.current
                .take_if(|current| request.rejected() == Some(&current.token));
        }
    }

    /// The token, if a request can have it.
    fn valid(&self, request: &TokenRequest, now: SystemTime) -> Option<&Current> {
        self.current.as_ref().filter(|current| {
            current.is_valid(now)
                && request.rejected() != Some(&current.token)
                && (request.claims().is_none() || request.claims() == current.claims.as_deref())
        })
    }

    /// A call of the provider that a request can wait for: it knows all that this one wants.
    fn under_way(&mut self, request: &TokenRequest) -> Option<Refresh> {
        self.refreshes
            .retain(|under_way| under_way.refresh.upgrade().is_some());
        let mut refreshes = self.refreshes.iter();
        let found = refreshes.find(|under_way| {
            under_way.request.claims() == request.claims()
                && (request.rejected().is_none()
                    || under_way.request.rejected() == request.rejected())
        });
        found?.refresh.upgrade()
    }

    fn is_pausing(&self, now: SystemTime) -> bool {
        self.pause_until.is_some_and(|until| now < until)
    }
}

impl Current {
    fn is_valid(&self, now: SystemTime) -> bool {
        self.token.expires_at().is_none_or(|end| now < end)
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.due.is_some_and(|due| due <= now)
    }
}

/// When a token that came now is to be replaced.
fn due(expires_at: Option<SystemTime>, now: SystemTime) -> Option<SystemTime> {
    let expires_at = expires_at?;
    let left = expires_at.duration_since(now).unwrap_or_default();
    expires_at.checked_sub(EARLY.min(left / QUARTER))
}

#[cfg(test)]
mod tests;
