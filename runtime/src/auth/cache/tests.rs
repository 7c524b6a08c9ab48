//! The cache, with a clock that is set and a provider that answers when it is let.

use std::cell::Cell;
use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, Waker};

use futures_util::FutureExt;
use futures_util::future::join_all;

use super::*;
use crate::error::ErrorKind;

thread_local! {
    static NOW: Cell<u64> = const { Cell::new(0) };
}

fn now() -> SystemTime {
    at(NOW.get())
}

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Answers with `answer(n)` at the n-th call, when it is open.
struct Script {
    answer: fn(usize) -> Outcome,
    calls: Mutex<Vec<TokenRequest>>,
    closed: Mutex<Option<Vec<Waker>>>,
    ended: AtomicUsize,
}

impl TokenProvider for Script {
    fn token<'a>(&'a self, request: &'a TokenRequest) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let number = {
                let mut calls = self.calls.lock().unwrap();
                calls.push(request.clone());
                calls.len()
            };
            poll_fn(|context| match &mut *self.closed.lock().unwrap() {
                Some(wakers) => {
                    wakers.push(context.waker().clone());
                    Poll::Pending
                }
                None => Poll::Ready(()),
            })
            .await;
            self.ended.fetch_add(1, Ordering::SeqCst);
            (self.answer)(number)
        })
    }
}

impl Script {
    fn close(&self) {
        *self.closed.lock().unwrap() = Some(Vec::new());
    }

    fn open(&self) {
        let wakers = self.closed.lock().unwrap().take();
        wakers.into_iter().flatten().for_each(Waker::wake);
    }

    fn calls(&self) -> usize {
        self.calls.lock().unwrap().len()
    }
}

fn cache(answer: fn(usize) -> Outcome) -> TokenCache<Script> {
    NOW.set(0);
    TokenCache {
        clock: now,
        ..TokenCache::new(Script {
            answer,
            calls: Mutex::default(),
            closed: Mutex::default(),
            ended: AtomicUsize::new(0),
        })
    }
}

/// `token-1`, `token-2` and so on, each for an hour.
fn hourly(number: usize) -> Outcome {
    Ok(AccessToken::new(format!("token-{number}")).valid_until(now() + Duration::from_secs(3600)))
}

fn plain() -> TokenRequest {
    TokenRequest::new(["scope"])
}

fn refused(token: &str) -> TokenRequest {
    TokenRequest {
        rejected: Some(AccessToken::new(token)),
        ..plain()
    }
}

fn challenged(token: &str, claims: &str) -> TokenRequest {
    TokenRequest {
        claims: Some(claims.to_owned()),
        ..refused(token)
    }
}

/// What a request gets at once.
#[track_caller]
fn got(cache: &TokenCache<Script>, request: &TokenRequest) -> Result<String, String> {
    said(cache.token(request).now_or_never().expect("no answer yet"))
}

fn said(outcome: Outcome) -> Result<String, String> {
    outcome
        .map(|token| token.secret().to_owned())
        .map_err(|error| error.to_string())
}

fn ok(token: &str) -> Result<String, String> {
    Ok(token.to_owned())
}

#[test]
fn tokens_are_replaced_before_they_expire() {
    for (left, replaced_at) in [
        (Some(86_400), Some(86_100)),
        (Some(3600), Some(3300)),
        (Some(1200), Some(900)),
        (Some(1000), Some(750)),
        (Some(8), Some(6)),
        // One that has expired when it comes is of no use twice.
        (Some(0), Some(0)),
        (None, None),
    ] {
        let due = due(left.map(|left| at(1000 + left)), at(1000));
        assert_eq!(due, replaced_at.map(|due| at(1000 + due)), "{left:?}");
    }
    assert_eq!(due(Some(at(900)), at(1000)), Some(at(900)));
}

#[test]
fn a_token_is_kept_until_it_is_due() {
    let cache = cache(hourly);
    for (time, token) in [(0, 1), (3299, 1), (3300, 2), (6599, 2), (6600, 3)] {
        NOW.set(time);
        assert_eq!(got(&cache, &plain()), ok(&format!("token-{token}")));
    }
    assert_eq!(cache.provider.calls(), 3);
}

#[test]
fn a_token_without_an_expiry_is_kept_until_it_is_refused() {
    let cache = cache(|number| Ok(AccessToken::new(format!("token-{number}"))));
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    NOW.set(u64::from(u32::MAX));
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    assert_eq!(got(&cache, &refused("token-1")), ok("token-2"));
    assert_eq!(got(&cache, &plain()), ok("token-2"));
    assert_eq!(cache.provider.calls(), 2);
}

#[test]
fn scopes_have_tokens_of_their_own() {
    let cache = cache(hourly);
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    assert_eq!(got(&cache, &TokenRequest::new(["other"])), ok("token-2"));
    assert_eq!(
        got(&cache, &TokenRequest::new(["scope", "other"])),
        ok("token-3")
    );
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    let calls = cache.provider.calls.lock().unwrap();
    assert_eq!(calls[1].scopes(), ["other"]);
}

#[tokio::test]
async fn a_thousand_who_wait_ask_once() {
    for answer in [hourly as fn(usize) -> Outcome, |number| {
        Err(Error::new(ErrorKind::Token, format!("failure {number}")))
    }] {
        let cache = cache(answer);
        cache.provider.close();
        let request = plain();
        let all = join_all((0..1000).map(|_| cache.token(&request)));
        let opened = async {
            tokio::task::yield_now().await;
            cache.provider.open();
        };
        let (outcomes, ()) = futures_util::future::join(all, opened).await;
        assert_eq!(cache.provider.calls(), 1);
        let first = said(answer(1));
        for outcome in outcomes {
            assert_eq!(said(outcome), first);
        }
        // A failure is not kept for those who come later.
        let again = got(&cache, &request);
        assert_eq!(again == first, first.is_ok(), "{again:?}");
    }
}

#[test]
fn threads_ask_once() {
    const THREADS: usize = 8;
    let cache = cache(hourly);
    cache.provider.close();
    let waiting = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = { runtime }.build().unwrap();
                let request = plain();
                let all = join_all((0..125).map(|_| cache.token(&request)));
                let opened = async {
                    tokio::task::yield_now().await;
                    if waiting.fetch_add(1, Ordering::SeqCst) + 1 == THREADS {
                        cache.provider.open();
                    }
                };
                let (outcomes, ()) = runtime.block_on(futures_util::future::join(all, opened));
                for outcome in outcomes {
                    assert_eq!(said(outcome), ok("token-1"));
                }
            });
        }
    });
    assert_eq!(cache.provider.calls(), 1);
}

#[test]
fn one_who_leaves_does_not_hold_up_the_others() {
    let cache = cache(hourly);
    cache.provider.close();
    let request = plain();
    let mut first = cache.token(&request);
    let mut second = cache.token(&request);
    assert!(first.as_mut().now_or_never().is_none());
    assert!(second.as_mut().now_or_never().is_none());
    // The first one began the call, and the second one goes on with the same.
    drop(first);
    cache.provider.open();
    assert_eq!(said(second.now_or_never().unwrap()), ok("token-1"));
    assert_eq!(cache.provider.calls(), 1);
}

#[test]
fn one_who_stands_still_does_not_hold_up_the_others() {
    let cache = cache(hourly);
    cache.provider.close();
    let request = plain();
    let mut first = cache.token(&request);
    assert!(first.as_mut().now_or_never().is_none());
    cache.provider.open();
    assert_eq!(got(&cache, &request), ok("token-1"));
    assert_eq!(said(first.now_or_never().unwrap()), ok("token-1"));
    assert_eq!(cache.provider.calls(), 1);
}

#[test]
fn when_all_have_left_the_next_one_begins_anew() {
    let cache = cache(hourly);
    cache.provider.close();
    let request = plain();
    assert!(cache.token(&request).now_or_never().is_none());
    cache.provider.open();
    assert_eq!(got(&cache, &request), ok("token-2"));
    // The call that was given up never came to its end.
    assert_eq!(cache.provider.ended.load(Ordering::SeqCst), 1);
}

#[test]
fn while_a_token_is_replaced_the_old_one_is_used() {
    let cache = cache(hourly);
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    NOW.set(3400);
    cache.provider.close();
    let request = plain();
    let mut first = cache.token(&request);
    assert!(first.as_mut().now_or_never().is_none());
    assert_eq!(got(&cache, &request), ok("token-1"));
    // Once it has expired, there is nothing but to wait.
    NOW.set(3600);
    let mut second = cache.token(&request);
    assert!(second.as_mut().now_or_never().is_none());
    cache.provider.open();
    assert_eq!(said(first.now_or_never().unwrap()), ok("token-2"));
    assert_eq!(said(second.now_or_never().unwrap()), ok("token-2"));
    assert_eq!(cache.provider.calls(), 2);
}

#[test]
fn a_failure_leaves_the_old_token_while_it_is_valid() {
    let cache = cache(|number| match number {
        1 => hourly(1),
        2..=4 => Err(Error::new(ErrorKind::Token, format!("failure {number}"))),
        _ => hourly(number),
    });
    // What the provider has been called by then.
    for (time, calls, expected) in [
        (0, 1, ok("token-1")),
        (3300, 2, ok("token-1")),
        // Not tried again at each request.
        (3301, 2, ok("token-1")),
        (3329, 2, ok("token-1")),
        (3330, 3, ok("token-1")),
        (3600, 4, Err("failure 4".to_owned())),
        (3601, 5, ok("token-5")),
        (3602, 5, ok("token-5")),
    ] {
        NOW.set(time);
        assert_eq!(got(&cache, &plain()), expected, "{time}");
        assert_eq!(cache.provider.calls(), calls, "{time}");
    }
}

#[test]
fn a_refused_token_is_replaced_once() {
    let cache = cache(hourly);
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    cache.provider.close();
    let refused = refused("token-1");
    let mut all: Vec<_> = (0..100).map(|_| cache.token(&refused)).collect();
    for one in &mut all {
        assert!(one.as_mut().now_or_never().is_none());
    }
    // Nor does anyone else get it now.
    let plain = plain();
    let mut other = cache.token(&plain);
    assert!(other.as_mut().now_or_never().is_none());
    cache.provider.open();
    for one in all.into_iter().chain([other]) {
        assert_eq!(said(one.now_or_never().unwrap()), ok("token-2"));
    }
    // Later ones that were sent with the old token.
    assert_eq!(got(&cache, &refused), ok("token-2"));
    let calls = cache.provider.calls.lock().unwrap();
    assert_eq!(*calls, [plain.clone(), refused.clone()]);
}

#[test]
fn claims_are_asked_for_once() {
    let cache = cache(hourly);
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    let asked = challenged("token-1", "{\"a\":1}");
    assert_eq!(got(&cache, &asked), ok("token-2"));
    assert_eq!(got(&cache, &asked), ok("token-2"));
    assert_eq!(got(&cache, &plain()), ok("token-2"));
    // A token that was got for other claims is not known to have these.
    let other = challenged("token-1", "{\"b\":1}");
    assert_eq!(got(&cache, &other), ok("token-3"));
    // Nor is one that was refused although it was got for them.
    let again = challenged("token-3", "{\"b\":1}");
    assert_eq!(got(&cache, &again), ok("token-4"));
    let calls = cache.provider.calls.lock().unwrap();
    assert_eq!(*calls, [plain(), asked, other, again]);
}

#[test]
fn claims_that_cannot_be_had_leave_the_token_to_other_requests() {
    let cache = cache(|number| match number {
        1 => hourly(1),
        _ => Err(Error::new(ErrorKind::Token, "interaction required")),
    });
    assert_eq!(got(&cache, &plain()), ok("token-1"));
    let asked = challenged("token-1", "{}");
    assert_eq!(got(&cache, &asked), Err("interaction required".to_owned()));
    assert_eq!(got(&cache, &plain()), ok("token-1"));
}
