//! The rules of `acl`: nobody outside Vonage knows most of them, so that they follow switches.

use serde_json::Value;

use super::cidr::{self, Block};
use super::problem::{Problem, unprocessable};
use crate::switches::{AclHostBits, Policy, Surplus, Switches};

/// The entries as they are stored.
pub(super) fn accept(entries: &[Value], switches: &Switches) -> Result<Vec<Value>, Problem> {
    if let Some(max) = switches.acl_max.filter(|max| entries.len() > *max) {
        return Err(unprocessable(&format!(
            "acl must have at most {max} entries"
        )));
    }
    let mut stored: Vec<Value> = Vec::new();
    let mut blocks: Vec<Block> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let refused = |why: &str| unprocessable(&format!("acl[{index}] {why}"));
        let text = entry.as_str().unwrap_or_default();
        let block =
            cidr::parse(text).ok_or_else(|| refused("is not an IP address or a CIDR block"))?;
        check(block, switches).map_err(refused)?;
        let cleared = cidr::cleared(text);
        if cleared.is_some() && switches.acl_host_bits == AclHostBits::Reject {
            return Err(refused("has bits outside its prefix"));
        }
        let is_double = blocks.contains(&block);
        if is_double && switches.acl_duplicates == Surplus::Reject {
            return Err(refused("is there twice"));
        }
        if is_double && switches.acl_duplicates == Surplus::Drop {
            continue;
        }
        blocks.push(block);
        stored.push(match cleared {
            Some(cleared) if switches.acl_host_bits == AclHostBits::Clear => cleared.into(),
            _ => entry.clone(),
        });
    }
    Ok(stored)
}

/// What is wrong with a block by itself.
fn check(block: Block, switches: &Switches) -> Result<(), &'static str> {
    let is_ipv6 = matches!(block, Block::V6(..));
    if is_ipv6 && switches.acl_ipv6 == Policy::Reject {
        return Err("is not an IP address or a CIDR block");
    }
    if block.is_private() && switches.acl_private == Policy::Reject {
        return Err("is private");
    }
    let is_short = |least: u8| matches!(block, Block::V4(_, length) if length < least);
    if switches.acl_shortest.is_some_and(is_short) {
        return Err("has too short a prefix");
    }
    Ok(())
}
