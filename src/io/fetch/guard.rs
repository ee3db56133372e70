//! Keeps fetching out of the private network: names are looked up here, and only public addresses are reached.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks names up and keeps the addresses that may be reached.
#[derive(Debug)]
pub(in crate::io) struct Guarded {
    inner: DefaultResolver,
    private: bool,
}

impl Guarded {
    /// Looks names up; `private` says whether private addresses may be reached.
    pub(in crate::io) fn new(private: bool) -> Guarded {
        Guarded { inner: DefaultResolver::default(), private }
    }
}

/// Says that a name has no address but private ones.
#[derive(Debug)]
pub(in crate::io) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address of the private network")
    }
}

impl std::error::Error for Refused {}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.private {
            return Ok(found);
        }
        let mut public = self.empty();
        found.iter().filter(|address| !is_private(address.ip())).for_each(|address| public.push(*address));
        if public.is_empty() { Err(Error::Other(Box::new(Refused))) } else { Ok(public) }
    }
}

/// Whether an address is of a network that is not the public one.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || matches!(
            (a, b, c),
            (0 | 240..=255, _, _) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _)
        )
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let within = |high: u16, low: u16| {
        let [a, b, c, d] = [high >> 8, high & 0xff, low >> 8, low & 0xff].map(|part| u8::try_from(part).unwrap_or(0));
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // An address of version 4 in one of version 6: mapped, compatible, translated, 6to4.
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => high == 0 && low <= 1 || within(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        // All that is public begins with these three bits; the rest is local, unique, multicast or kept back.
        [first, second, ..] => first & 0xe000 != 0x2000 || first == 0x2001 && (second < 0x200 || second == 0xdb8),
    }
}
