//! A minimal finite-state map from byte strings to numbers, read where it lies.
//! Every read is bounds-checked, so that a damaged file gives wrong answers and never a panic; and the sum of the
//! outputs on the way to a node is the least value below it, so that values which are ranks come out best first.
//!
//! The map is the minimal acyclic subsequential transducer of Mihov and Maurel (“Direct Construction of Minimal
//! Acyclic Subsequential Transducers”, 2000). Its nodes are laid out so that each is read backwards from its
//! address, which is where it ends; what it leads to lies below it. Address 0 is the end of a name that no other
//! name goes on from. A node is, from its last byte down:
//!
//! - a chain (top bit set): one way on, without output, to the node that ends where this one begins. The other
//!   seven bits are the input, or 127 where the input is the byte below.
//! - a fork: bit 6 says that a name ends here, the low six bits count the ways on (63: the count is the byte
//!   below); then a byte with the widths of addresses (high half) and of outputs (low half); the inputs in rising
//!   order; the addresses, as one more than the distance down to them, or 0 for address 0; the outputs; and, where
//!   a name ends, its last output. Numbers are little-endian.
//!
//! After the last node stand the address of the first one and the number of names, eight bytes each.

mod build;
mod search;

pub(in crate::gazetteer) use build::Builder;
pub(in crate::gazetteer) use search::Rising;

use super::file::Section;

/// Set in the last byte of a chain.
const CHAIN: u8 = 0x80;
/// In the other bits of a chain: its input is the byte below.
const INPUT_BELOW: u8 = 0x7f;
/// Set in the last byte of a fork where a name ends.
const FINAL: u8 = 0x40;
/// In the low bits of a fork: its count is the byte below.
const COUNT_BELOW: u8 = 0x3f;
/// Longest name that a search spells out, bytes; a damaged file may hold a ring.
const LONGEST: usize = 4096;

/// An opened map. Cloning is cheap.
#[derive(Clone, Debug)]
pub(in crate::gazetteer) struct Automaton {
    bytes: Section,
}

/// A node, with the sum of the outputs on the way to it. It is read when it is asked.
#[derive(Clone, Copy, Debug)]
pub(in crate::gazetteer) struct Node<'a> {
    bytes: &'a [u8],
    address: usize,
    /// Least value of all names that go through here.
    pub(in crate::gazetteer) least: u64,
}

/// What is written of a node.
enum Written<'a> {
    /// The end of a name that no other goes on from.
    End,
    /// The one way on, and where the node begins.
    Chain(u8, usize),
    Fork(Fork<'a>),
    /// Nothing that makes sense.
    Damaged,
}

/// A node with several ways on, or with outputs.
struct Fork<'a> {
    inputs: &'a [u8],
    /// Where the addresses, the outputs, and the node begin.
    addresses: usize,
    outputs: usize,
    low: usize,
    address_width: usize,
    output_width: usize,
    ends: bool,
}

impl Automaton {
    pub(in crate::gazetteer) fn open(bytes: Section) -> Self {
        Self { bytes }
    }

    /// Number of names.
    pub(in crate::gazetteer) fn len(&self) -> u64 {
        self.trailer(8)
    }

    fn trailer(&self, from_end: usize) -> u64 {
        let bytes = self.bytes.as_ref();
        bytes.len().checked_sub(from_end).map_or(0, |at| number(bytes, at, 8))
    }

    /// Where every name begins.
    pub(in crate::gazetteer) fn root(&self) -> Node<'_> {
        let bytes = self.bytes.as_ref();
        let nodes = &bytes[..bytes.len().saturating_sub(16)];
        // Where there are no names, no node is right.
        let address = if self.len() == 0 { u64::MAX } else { self.trailer(16) };
        Node { bytes: nodes, address: usize::try_from(address).unwrap_or(usize::MAX), least: 0 }
    }

    /// The value of a name.
    pub(in crate::gazetteer) fn get(&self, name: &[u8]) -> Option<u64> {
        self.root().walk(name)?.value()
    }
}

impl<'a> Node<'a> {
    #[inline]
    fn read(&self) -> Written<'a> {
        if self.address == 0 {
            return Written::End;
        }
        let Some((&head, below)) = self.bytes.get(..self.address).and_then(<[u8]>::split_last) else {
            return Written::Damaged;
        };
        if head & CHAIN == 0 {
            return Fork::read(head, below).map_or(Written::Damaged, Written::Fork);
        }
        match (head & !CHAIN, below.last()) {
            (INPUT_BELOW, Some(&input)) => Written::Chain(input, below.len() - 1),
            (INPUT_BELOW, None) => Written::Damaged,
            (input, _) => Written::Chain(input, below.len()),
        }
    }

    /// The value of the name that ends here.
    #[inline]
    pub(in crate::gazetteer) fn value(&self) -> Option<u64> {
        match self.read() {
            Written::End => Some(self.least),
            Written::Fork(fork) if fork.ends => {
                Some(self.least.wrapping_add(number(self.bytes, fork.low, fork.output_width)))
            }
            _ => None,
        }
    }

    /// The way on that the byte takes.
    #[inline]
    pub(in crate::gazetteer) fn step(&self, byte: u8) -> Option<Node<'a>> {
        match self.read() {
            Written::Chain(input, address) => (input == byte).then_some(Node { address, ..*self }),
            Written::Fork(fork) => self.way(&fork, fork.find(byte)?),
            Written::End | Written::Damaged => None,
        }
    }

    /// The only way on, where there is but one and no name ends here.
    #[inline]
    fn only_way(&self) -> Option<Node<'a>> {
        match self.read() {
            Written::Chain(_, address) => Some(Node { address, ..*self }),
            _ => None,
        }
    }

    /// All ways on with their bytes, in rising order.
    fn ways(self) -> impl Iterator<Item = (u8, Node<'a>)> {
        let (chain, fork) = match self.read() {
            Written::Chain(input, address) => (Some((input, Node { address, ..self })), None),
            Written::Fork(fork) => (None, Some(fork)),
            Written::End | Written::Damaged => (None, None),
        };
        let forked = fork.into_iter().flat_map(move |fork| {
            (0..fork.inputs.len()).filter_map(move |at| Some((fork.inputs[at], self.way(&fork, at)?)))
        });
        chain.into_iter().chain(forked)
    }

    #[inline]
    fn way(&self, fork: &Fork<'a>, at: usize) -> Option<Node<'a>> {
        let distance = number(self.bytes, fork.addresses + at * fork.address_width, fork.address_width);
        let output = number(self.bytes, fork.outputs + at * fork.output_width, fork.output_width);
        let address = match distance {
            0 => 0,
            // What a node leads to lies below it, and below everything is nothing.
            _ => fork.low.checked_sub(usize::try_from(distance).ok()? - 1).filter(|&address| address > 0)?,
        };
        Some(Node { bytes: self.bytes, address, least: self.least.wrapping_add(output) })
    }

    /// Follows the bytes; `None` where no name goes on that way.
    #[inline]
    pub(in crate::gazetteer) fn walk(self, bytes: &[u8]) -> Option<Node<'a>> {
        bytes.iter().try_fold(self, |node, &byte| node.step(byte))
    }
}

impl<'a> Fork<'a> {
    #[inline]
    fn read(head: u8, below: &'a [u8]) -> Option<Self> {
        let (count, below) = match head & COUNT_BELOW {
            COUNT_BELOW => below.split_last().map(|(&count, below)| (usize::from(count), below))?,
            count => (usize::from(count), below),
        };
        let (&widths, below) = below.split_last()?;
        let (address_width, output_width) = (usize::from(widths >> 4), usize::from(widths & 15));
        if address_width > 8 || output_width > 8 {
            return None;
        }
        let (below, inputs) = below.split_at_checked(below.len().checked_sub(count)?)?;
        let ends = head & FINAL != 0;
        let addresses = below.len().checked_sub(count * address_width)?;
        let outputs = addresses.checked_sub(count * output_width)?;
        let low = outputs.checked_sub(if ends { output_width } else { 0 })?;
        Some(Self { inputs, addresses, outputs, low, address_width, output_width, ends })
    }

    /// Which way on the byte takes.
    #[inline]
    fn find(&self, byte: u8) -> Option<usize> {
        // Most forks are too small to be worth the call.
        if self.inputs.len() <= 8 {
            self.inputs.iter().position(|&input| input == byte)
        } else {
            memchr::memchr(byte, self.inputs)
        }
    }
}

/// A little-endian number of up to eight bytes; 0 where the bytes end before it does.
#[inline]
fn number(bytes: &[u8], at: usize, width: usize) -> u64 {
    if width == 0 {
        return 0;
    }
    if let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        return u64::from_le_bytes(*eight) & (u64::MAX >> (64 - 8 * width.min(8)));
    }
    let mut wide = [0; 8];
    match bytes.get(at..at.saturating_add(width)) {
        Some(few) => wide[..few.len()].copy_from_slice(few),
        None => return 0,
    }
    u64::from_le_bytes(wide)
}

#[cfg(test)]
mod tests;
