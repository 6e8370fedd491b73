//! Builds a map from names that come in rising order, in memory that does not grow with them.
//! Nodes that were met recently are shared; to share all would need memory for all of them.

use std::io::{self, Write};

use xxhash_rust::xxh3::Xxh3;

use super::{CHAIN, COUNT_BELOW, FINAL, INPUT_BELOW};

/// Slots for nodes that are remembered for sharing, at first and at most; 32 bytes each.
const FIRST: usize = 1 << 10;
const MOST: usize = 1 << 20;

/// Takes names in rising order and writes the map as they come.
pub(in crate::gazetteer) struct Builder<W> {
    out: W,
    written: u64,
    /// The nodes along the last name, first to last. All but the last have a way on that is still open.
    path: Vec<Open>,
    last: Vec<u8>,
    names: u64,
    /// Digests of nodes with their addresses, each where its digest puts it.
    remembered: Vec<(u128, u64)>,
    /// Nodes written since there were that many slots.
    placed: usize,
    scratch: Vec<u8>,
}

/// A node that may still change.
#[derive(Default)]
struct Open {
    /// The output of the name that ends here.
    end: Option<u64>,
    ways: Vec<Way>,
    /// The way on whose end is open.
    next: Option<(u8, u64)>,
}

#[derive(Clone, Copy)]
struct Way {
    input: u8,
    output: u64,
    address: u64,
}

impl<W: Write> Builder<W> {
    pub(in crate::gazetteer) fn new(out: W) -> Self {
        Self {
            out,
            written: 0,
            path: vec![Open::default()],
            last: Vec::new(),
            names: 0,
            remembered: vec![(0, 0); FIRST],
            placed: 0,
            scratch: Vec::new(),
        }
    }

    /// Adds a name. It must come after the last one in the order of bytes.
    pub(in crate::gazetteer) fn insert(&mut self, name: &[u8], value: u64) -> io::Result<()> {
        if self.names > 0 && name <= self.last.as_slice() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "names out of order"));
        }
        let shared = name.iter().zip(&self.last).take_while(|(a, b)| a == b).count();
        self.close(shared)?;
        let mut rest = value;
        for at in 0..shared {
            // What the two names do not have in common moves on towards the ends.
            let [node, after] = &mut self.path[at..at + 2] else { continue };
            let Some((_, output)) = &mut node.next else { continue };
            let common = rest.min(*output);
            after.delay(*output - common);
            *output = common;
            rest -= common;
        }
        for &byte in &name[shared..] {
            if let Some(node) = self.path.last_mut() {
                node.next = Some((byte, std::mem::take(&mut rest)));
            }
            self.path.push(Open::default());
        }
        if let Some(node) = self.path.last_mut() {
            node.end = Some(rest);
        }
        self.last.clear();
        self.last.extend_from_slice(name);
        self.names += 1;
        Ok(())
    }

    /// Writes what is left; answers the number of names.
    pub(in crate::gazetteer) fn finish(mut self) -> io::Result<u64> {
        self.close(0)?;
        let root = match self.path.pop() {
            Some(root) if self.names > 0 => self.place(&root)?,
            _ => 0,
        };
        self.out.write_all(&root.to_le_bytes())?;
        self.out.write_all(&self.names.to_le_bytes())?;
        self.out.flush()?;
        Ok(self.names)
    }

    /// Writes the nodes along the last name from the end down to, and without, number `keep`.
    fn close(&mut self, keep: usize) -> io::Result<()> {
        while self.path.len() > keep + 1 {
            let Some(node) = self.path.pop() else { break };
            let address = self.place(&node)?;
            if let Some(before) = self.path.last_mut()
                && let Some((input, output)) = before.next.take()
            {
                before.ways.push(Way { input, output, address });
            }
        }
        Ok(())
    }

    /// The address of a node like this one, which is written if there is none yet.
    fn place(&mut self, node: &Open) -> io::Result<u64> {
        if node.ways.is_empty() && node.end == Some(0) {
            return Ok(0);
        }
        let digest = node.digest();
        let slot = digest as usize % self.remembered.len();
        let (known, address) = self.remembered[slot];
        if known == digest && address != 0 {
            return Ok(address);
        }
        self.scratch.clear();
        node.lay_out(self.written, &mut self.scratch);
        self.out.write_all(&self.scratch)?;
        self.written += self.scratch.len() as u64;
        self.remembered[slot] = (digest, self.written);
        self.placed += 1;
        if self.placed > self.remembered.len() && self.remembered.len() < MOST {
            self.remember_more();
        }
        Ok(self.written)
    }

    fn remember_more(&mut self) {
        let slots = self.remembered.len() * 4;
        let known = std::mem::replace(&mut self.remembered, vec![(0, 0); slots]);
        for (digest, address) in known {
            self.remembered[digest as usize % slots] = (digest, address);
        }
        self.placed = 0;
    }
}

impl Open {
    /// Adds an output to everything that goes through here.
    fn delay(&mut self, output: u64) {
        let ways = self.ways.iter_mut().map(|way| &mut way.output);
        let next = self.next.as_mut().map(|(_, output)| output);
        for later in ways.chain(next).chain(&mut self.end) {
            *later += output;
        }
    }

    fn digest(&self) -> u128 {
        let mut digest = Xxh3::new();
        digest.update(&[u8::from(self.end.is_some())]);
        digest.update(&self.end.unwrap_or(0).to_le_bytes());
        for way in &self.ways {
            digest.update(&[way.input]);
            digest.update(&way.output.to_le_bytes());
            digest.update(&way.address.to_le_bytes());
        }
        digest.digest128()
    }

    /// Appends the bytes of the node, which begins at `low`.
    fn lay_out(&self, low: u64, out: &mut Vec<u8>) {
        if let ([way], None) = (self.ways.as_slice(), self.end)
            && way.output == 0
            && way.address == low
            && low > 0
        {
            if way.input >= INPUT_BELOW {
                out.extend([way.input, CHAIN | INPUT_BELOW]);
            } else {
                out.push(CHAIN | way.input);
            }
            return;
        }
        let distance = |way: &Way| if way.address == 0 { 0 } else { low - way.address + 1 };
        // Distances count from where the node begins, so they do not depend on its own size.
        let address_width = self.ways.iter().map(|way| width(distance(way))).max().unwrap_or(0);
        let outputs = self.ways.iter().map(|way| way.output).chain(self.end);
        let output_width = outputs.map(width).max().unwrap_or(0);
        let mut push = |number: u64, width: usize| out.extend_from_slice(&number.to_le_bytes()[..width]);
        if let Some(end) = self.end {
            push(end, output_width);
        }
        self.ways.iter().for_each(|way| push(way.output, output_width));
        self.ways.iter().for_each(|way| push(distance(way), address_width));
        out.extend(self.ways.iter().map(|way| way.input));
        out.push((address_width << 4 | output_width) as u8);
        let ends = if self.end.is_some() { FINAL } else { 0 };
        // All 256 ways cannot be: no byte 255 begins or ends a character of UTF-8.
        match self.ways.len() as u8 {
            count if count < COUNT_BELOW => out.push(ends | count),
            count => out.extend([count, ends | COUNT_BELOW]),
        }
    }
}

/// Bytes that hold the number; none for 0.
fn width(number: u64) -> usize {
    (64 - number.leading_zeros() as usize).div_ceil(8)
}
