//! The base address of a service, and which requests belong to it.

use std::fmt;

use http::Uri;
use http::uri::Authority;
use url::{Host, Url};

use crate::error::{Error, ErrorKind};

/// A checked base address: HTTPS, or HTTP to this machine.
pub(crate) struct Base {
    url: Url,
    text: Box<str>,
}

impl Base {
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let refused = |reason: &str| {
            Error::new(
                ErrorKind::Request,
                format!("the base address {text:?} {reason}"),
            )
        };
        let url =
            Url::parse(text).map_err(|error| refused(&format!("is not an address: {error}")))?;
        // First, because the other messages show the address.
        if names_user(&url) {
            return Err(Error::new(
                ErrorKind::Request,
                "the base address holds a user name or password",
            ));
        }
        if !is_safe(&url) {
            return Err(refused("is not HTTPS: the token could be read on the way"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("has a query or a fragment"));
        }
        Ok(Self {
            text: url.as_str().trim_end_matches('/').into(),
            url,
        })
    }

    /// The address without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the token may be sent to an address: only to the scheme, host and port of the base.
    ///
    /// The address is read by the parser that the transport uses, so that both see the same host in
    /// it.
    pub(crate) fn admits(&self, address: &str) -> Result<(), &'static str> {
        let url = Url::parse(address).map_err(|_| "is not an absolute address")?;
        if names_user(&url) {
            return Err("holds a user name or password");
        }
        match url.origin() == self.url.origin() {
            true => Ok(()),
            false => Err("leads to another scheme, host or port"),
        }
    }

    /// As [`admits`](Base::admits), for an address that most likely begins with the base.
    pub(crate) fn admits_uri(&self, address: &Uri) -> Result<(), &'static str> {
        // The same text for scheme and authority is the same origin, and needs no second parser.
        let own = address.scheme_str() == Some(self.url.scheme())
            && address.authority().map(Authority::as_str) == Some(self.url.authority());
        match own {
            true => Ok(()),
            false => self.admits(&address.to_string()),
        }
    }

    /// Whether what is sent to an address of the service's choice is as safe as what is sent to the service: not if it is
    /// no HTTPS, except on this machine for a service on this machine.
    pub(crate) fn allows(&self, address: &Url) -> bool {
        is_as_safe(&self.url, address)
    }

    /// The address that a link stands for: itself, or relative to the base (OData JSON Format 4.01,
    /// section 4.3).
    pub(crate) fn resolve(&self, link: &str) -> Result<String, &'static str> {
        match Url::parse(link) {
            Ok(_) => Ok(link.to_owned()),
            Err(url::ParseError::RelativeUrlWithoutBase) => self
                .url
                .join(link)
                .map(Into::into)
                .map_err(|_| "is not an address"),
            Err(_) => Err("is not an address"),
        }
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(formatter)
    }
}

/// Whether what is sent to an address cannot be read on the way: HTTPS, or HTTP that stays on this machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => is_loopback(url),
        _ => false,
    }
}

/// Whether what is sent to an address is as safe as what was sent to the one that led there.
pub(crate) fn is_as_safe(from: &Url, to: &Url) -> bool {
    is_safe(to) && (from.scheme() != "https" || to.scheme() == "https")
}

/// Whether an address holds a user name or a password.
pub(crate) fn names_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
