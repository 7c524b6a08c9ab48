//! Upload sessions.

mod session;

use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use graph_runtime::bytes::Bytes;
use graph_runtime::http::StatusCode;
use graph_runtime::serde_json::{Value, json};
use graph_runtime::{Client, ErrorKind, Retry, Upload, UploadProgress, UploadSource, upload};

use crate::faults::client;
use crate::live::{Answer, Live};
use crate::within;
use session::{Fault, Session};

const UNIT: usize = 320 * 1024;

async fn session(faults: &[Fault]) -> (Live, Arc<Mutex<Session>>) {
    let session = Arc::new(Mutex::new(Session {
        faults: faults.to_vec(),
        ..Session::default()
    }));
    let shared = session.clone();
    let live = Live::start(move |_, request| shared.lock().unwrap().respond(request)).await;
    (live, session)
}

/// Content in which no two slices are the same.
fn content(length: usize) -> Vec<u8> {
    (0_u32..).flat_map(u32::to_le_bytes).take(length).collect()
}

fn upload(client: &Client, live: &Live, source: impl UploadSource + 'static) -> Upload<Value> {
    let address = format!("{}/session?sig=secret", live.address());
    Upload::new(client, &address, source)
        .unwrap()
        .slice_size(2 * UNIT + 7)
}

#[tokio::test]
async fn slices_with_progress_from_every_source() {
    let all = content(5 * UNIT + 11);
    let mut offset = Cursor::new([b"not this".as_slice(), &all].concat());
    offset.set_position(8);
    let sources: [Box<dyn UploadSource>; 3] = [
        Box::new(Bytes::from(all.clone())),
        Box::new(upload::seekable(offset).unwrap()),
        Box::new(upload::sequential(
            Cursor::new(all.clone()),
            all.len() as u64,
        )),
    ];
    for source in sources {
        let (live, session) = session(&[]).await;
        let (client, _) = client("http://localhost", Retry::never());
        let reported: Arc<Mutex<Vec<UploadProgress>>> = Arc::default();
        let heard = reported.clone();
        let mut upload = upload(&client, &live, source)
            .on_progress(move |progress| heard.lock().unwrap().push(progress));
        let uploaded = within(upload.finish()).await.unwrap();
        assert_eq!(uploaded.value, Some(json!({"id": "1"})));
        assert_eq!(uploaded.location.as_deref(), Some("https://example.com/1"));
        assert_eq!(session.lock().unwrap().stored, all);
        let sent: Vec<u64> = reported
            .lock()
            .unwrap()
            .iter()
            .map(|progress| progress.sent)
            .collect();
        let unit = UNIT as u64;
        assert_eq!(sent, [2 * unit, 4 * unit, 5 * unit + 11]);
        assert!(!format!("{upload:?}").contains("secret"));
    }
}

#[tokio::test]
async fn what_is_dropped_in_the_middle_is_gone_on_with() {
    use Fault::{Half, Lost, None, Silent, Throttled, Unanswered};
    let all = content(9 * UNIT);
    for faults in [
        [Lost, None, Lost],
        [Unanswered, None, Unanswered],
        [Half, Half, Half],
        [Throttled, Lost, Unanswered],
        [Silent, None, Silent],
    ] {
        for sequential in [false, true] {
            let (live, session) = session(&faults).await;
            let (client, _) = client("http://localhost", Retry::default());
            let mut upload = match sequential {
                false => upload(&client, &live, Bytes::from(all.clone())),
                true => {
                    let source = upload::sequential(Cursor::new(all.clone()), all.len() as u64);
                    upload(&client, &live, source)
                }
            };
            let uploaded = within(upload.finish()).await.unwrap();
            assert!(uploaded.value.is_some());
            assert_eq!(session.lock().unwrap().stored, all);
        }
    }
}

#[tokio::test]
async fn after_an_error_the_session_is_asked() {
    let all = content(4 * UNIT);
    let (live, session) = session(&[Fault::None, Fault::Half]).await;
    let (client, _) = client("http://localhost", Retry::never());
    let mut first = upload(&client, &live, Bytes::from(all.clone()));
    let error = within(first.finish()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    within(first.finish()).await.unwrap();
    assert_eq!(session.lock().unwrap().stored, all);

    // Another process, which has nothing but the address.
    session.lock().unwrap().stored.truncate(UNIT);
    let mut second = upload(&client, &live, Bytes::from(all.clone())).resumed();
    within(second.finish()).await.unwrap();
    assert_eq!(session.lock().unwrap().stored, all);
    within(second.cancel()).await.unwrap();
    let last = live.received().pop().unwrap();
    assert!(last.line().starts_with("DELETE /session?sig=secret"));
}

#[tokio::test]
async fn other_answers() {
    let ranges = r#"{"NextExpectedRanges":["327680"]}"#;
    for (answers, expected) in [
        // Outlook: 200 while it goes on, and 201 without a body.
        (
            vec![
                Answer::status("200 OK", &[], ranges),
                Answer::status("201 Created", &["Location: x"], ""),
            ],
            Ok(None),
        ),
        // A drive may answer 200 with the item.
        (
            vec![
                Answer::status("202 Accepted", &[], ranges),
                Answer::json(r#"{"id":"1"}"#),
            ],
            Ok(Some(json!({"id": "1"}))),
        ),
        // A session that goes back and forth.
        (
            (0..10)
                .map(|number| {
                    Answer::json(match number % 2 {
                        0 => ranges,
                        _ => r#"{"nextExpectedRanges":["0-"]}"#,
                    })
                })
                .collect(),
            Err("the upload session does not get past byte 327680"),
        ),
        // Ranges that make no sense.
        (
            vec![
                Answer::json(r#"{"nextExpectedRanges":["400000-50"]}"#),
                Answer::json(r#"{"nextExpectedRanges":["5-4"]}"#),
            ],
            Err("the upload session does not say what it expects"),
        ),
        (
            vec![Answer::status("404 Not Found", &[], "")],
            Err("404 Not Found"),
        ),
        (
            vec![Answer::json(r#"{"nextExpectedRanges":["0-"]}"#); 4],
            Err("the upload session does not get past byte 0"),
        ),
        (
            vec![Answer::json(r#"{"nextExpectedRanges":["900000000-"]}"#)],
            Err("the upload session expects byte 900000000 of 655360"),
        ),
        (
            vec![
                Answer::status("416 Range Not Satisfiable", &[], ""),
                Answer::json("{}"),
            ],
            Err("the upload session does not say what it expects"),
        ),
    ] {
        let mut left = answers.into_iter();
        let live = Live::start(move |_, _| left.next().unwrap()).await;
        let (client, _) = client("http://localhost", Retry::never());
        let address = format!("{}/session", live.address());
        let source = Bytes::from(content(2 * UNIT));
        let mut upload = Upload::<Value>::new(&client, &address, source)
            .unwrap()
            .slice_size(1);
        let found = within(upload.finish()).await;
        let found = found
            .map(|uploaded| uploaded.value)
            .map_err(|error| error.to_string());
        assert_eq!(found, expected.map_err(str::to_owned));
    }
}

#[tokio::test]
async fn the_answer_to_the_last_slice_may_be_lost() {
    let lost = Answer::bytes("").reset();
    let taken = Answer::status("416 Range Not Satisfiable", &[], "");
    for (rest, expected) in [
        (Answer::json(r#"{"nextExpectedRanges":[]}"#), Ok(None)),
        (
            Answer::json(r#"{"nextExpectedRanges":["327680-"]}"#),
            Ok(None),
        ),
        // Perhaps done, perhaps not: the caller has to look.
        (
            Answer::status("404 Not Found", &[], ""),
            Err(Some(StatusCode::NOT_FOUND)),
        ),
    ] {
        let mut answers = [lost.clone(), taken.clone(), rest].into_iter();
        let live = Live::start(move |_, _| answers.next().unwrap()).await;
        let (client, _) = client("http://localhost", Retry::default());
        let mut upload = upload(&client, &live, Bytes::from(content(UNIT)));
        let found = within(upload.finish()).await;
        let found = found
            .map(|uploaded| uploaded.value)
            .map_err(|error| error.status());
        assert_eq!(found, expected);
    }
}

#[tokio::test]
async fn a_slice_that_is_redirected_says_what_it_is() {
    let (elsewhere, session) = session(&[]).await;
    let to = format!("Location: {}/session", elsewhere.address());
    let live = Live::start(move |_, _| Answer::status("307 Temporary Redirect", &[&to], "")).await;
    let (client, _) = client("http://localhost", Retry::never());
    let all = content(3 * UNIT + 1);
    within(upload(&client, &live, Bytes::from(all.clone())).finish())
        .await
        .unwrap();
    assert_eq!(session.lock().unwrap().stored, all);
}

/// Fails once in the middle, after it has given some of what it was asked for.
struct Hesitant {
    content: Cursor<Vec<u8>>,
    failed: bool,
}

impl Read for Hesitant {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.content.position() >= 1_000 && !self.failed {
            self.failed = true;
            return Err(io::ErrorKind::TimedOut.into());
        }
        let some = buffer.len().min(1_000);
        self.content.read(&mut buffer[..some])
    }
}

#[tokio::test]
async fn nothing_is_lost_when_a_reader_fails_in_the_middle() {
    let all = content(3 * UNIT);
    let reader = Hesitant {
        content: Cursor::new(all.clone()),
        failed: false,
    };
    let (live, session) = session(&[]).await;
    let (client, _) = client("http://localhost", Retry::never());
    let mut upload = upload(&client, &live, upload::sequential(reader, all.len() as u64));
    let error = within(upload.finish()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    within(upload.finish()).await.unwrap();
    assert_eq!(session.lock().unwrap().stored, all);
}

#[tokio::test]
async fn a_pipe_skips_what_the_session_has() {
    let all = content(3 * UNIT);
    let (live, session) = session(&[]).await;
    session.lock().unwrap().stored = all[..UNIT].to_vec();
    let (client, _) = client("http://localhost", Retry::never());
    let source = upload::sequential(Cursor::new(all.clone()), all.len() as u64);
    within(upload(&client, &live, source).resumed().finish())
        .await
        .unwrap();
    assert_eq!(session.lock().unwrap().stored, all);
}

#[tokio::test]
async fn an_upload_that_is_dropped_can_be_gone_on_with() {
    let all = content(4 * UNIT);
    let (live, session) = session(&[]).await;
    let (client, _) = client("http://localhost", Retry::never());
    for millis in 0..10 {
        session.lock().unwrap().stored.clear();
        let mut upload = upload(&client, &live, Bytes::from(all.clone()));
        // Somewhere on the way.
        let _ = tokio::time::timeout(Duration::from_millis(millis), upload.finish()).await;
        within(upload.finish()).await.unwrap();
        assert_eq!(session.lock().unwrap().stored, all, "{millis} ms");
    }
}

#[tokio::test]
async fn what_cannot_be_uploaded() {
    let (client, _) = client("http://localhost", Retry::never());
    for (address, length, expected) in [
        (
            "https://example.com",
            0,
            "an upload session takes no empty content",
        ),
        (
            "http://example.com",
            1,
            "the address of the upload session is not HTTPS",
        ),
        (
            "session",
            1,
            "the address of the upload session is not an address",
        ),
    ] {
        let source = Bytes::from(content(length));
        let error = Upload::<Value>::new(&client, address, source).unwrap_err();
        assert_eq!(
            (error.kind(), &*error.to_string()),
            (ErrorKind::Request, expected)
        );
    }
    // A reader that ends too early.
    let source = upload::sequential(Cursor::new(content(7)), 8);
    let mut upload = Upload::<Value>::new(&client, "https://example.com", source).unwrap();
    let error = within(upload.finish()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the content to upload ends before byte 8"
    );
}
