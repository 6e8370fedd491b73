//! Lines to columns, and columns to the order in which they are read.
//! After T. M. Breuel, "High performance document layout analysis" (2003): what stands above another in one column comes
//! first, and so does what stands wholly left of another, unless something runs over both between them.

use super::lines::Line;

/// Lines that stand one below the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub lines: Vec<Line>,
    left: f32,
    right: f32,
}

impl Block {
    fn new(line: Line) -> Self {
        Block { left: line.left, right: line.right, lines: vec![line] }
    }

    fn push(&mut self, line: Line) {
        self.left = self.left.min(line.left);
        self.right = self.right.max(line.right);
        self.lines.push(line);
    }

    fn middle(&self) -> f32 {
        let base = |line: Option<&Line>| line.map_or(0.0, |line| line.base);
        (base(self.lines.first()) + base(self.lines.last())) / 2.0
    }

    fn top(&self) -> f32 {
        self.lines.first().map_or(0.0, |line| line.base)
    }

    fn is_over(&self, other: &Block) -> bool {
        self.left < other.right && other.left < self.right
    }
}

/// Most distance from line to line within a block, in sizes of the font.
const SPACING: f32 = 2.2;

/// How high nothing stands where a page may be cut across, in sizes of the font below.
const GAP: f32 = 0.7;

/// How wide a gutter is at least, in points.
const NARROWEST: f32 = 3.0;

/// Blocks beyond which they are read from above, and not by columns.
const MOST_BLOCKS: usize = 300;

/// The blocks of a page in the order in which they are read. Lines come from above, those of a row together.
pub(super) fn ordered(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Those that a line may still be added to.
    let mut open: Vec<usize> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(first) = lines.next() {
        let mut row = vec![first];
        while let Some(next) = lines.next_if(|line| row.first().is_some_and(|first| first.row == line.row)) {
            row.push(next);
        }
        let base = row.iter().fold(f32::MAX, |base, line| base.min(line.base));
        open.retain(|&at| {
            let last = blocks.get(at).and_then(|block| block.lines.last());
            last.is_some_and(|last| base - last.base < 4.0 * SPACING * last.size)
        });
        let picks: Vec<Option<usize>> = row.iter().map(|line| pick(line, &blocks, &open)).collect();
        for (at, line) in row.into_iter().enumerate() {
            let picked = picks.get(at).copied().flatten();
            let alone = picks.iter().flatten().filter(|pick| Some(**pick) == picked).count() == 1;
            match picked.filter(|_| alone).and_then(|pick| blocks.get_mut(pick)) {
                Some(block) => block.push(line),
                None => {
                    open.push(blocks.len());
                    blocks.push(Block::new(line));
                }
            }
        }
    }
    bands(blocks).into_iter().flat_map(sorted).collect()
}

/// A part of the page over its whole width, with the gutters that run through all of it.
struct Band {
    blocks: Vec<Block>,
    gutters: Vec<(f32, f32)>,
}

/// The page cut across, from above, wherever nothing stands for a while and other columns follow: three columns of one
/// story, then two of another.
fn bands(mut blocks: Vec<Block>) -> Vec<Vec<Block>> {
    blocks.sort_by(|a, b| a.top().total_cmp(&b.top()));
    let mut slabs: Vec<Vec<Block>> = Vec::new();
    let mut lower = f32::MIN;
    for block in blocks {
        let size = block.lines.first().map_or(0.0, |line| line.size);
        let upper = block.top() - 0.7 * size;
        let bottom = block.lines.last().map_or(upper, |line| line.base + 0.2 * line.size);
        match slabs.last_mut().filter(|_| upper - lower < GAP * size) {
            Some(slab) => slab.push(block),
            None => slabs.push(vec![block]),
        }
        lower = lower.max(bottom);
    }
    let mut bands: Vec<Band> = Vec::new();
    for slab in slabs {
        if let Some(band) = bands.last_mut()
            && let Some(gutters) = band.shared_with(&slab)
        {
            band.gutters = gutters;
            band.blocks.extend(slab);
        } else {
            let free = free(&slab);
            let inner = free.get(1..free.len().saturating_sub(1)).unwrap_or_default().to_vec();
            bands.push(Band { blocks: slab, gutters: inner });
        }
    }
    bands.into_iter().map(|band| band.blocks).collect()
}

impl Band {
    /// What is left of the gutters where something stands below; `None` where it stands across one of them.
    fn shared_with(&self, slab: &[Block]) -> Option<Vec<(f32, f32)>> {
        let free = free(slab);
        let left = self.gutters.iter().map(|gutter| {
            let parts = free.iter().map(|range| (gutter.0.max(range.0), gutter.1.min(range.1)));
            parts
                .filter(|(left, right)| right - left > NARROWEST)
                .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
        });
        left.collect::<Option<Vec<_>>>().filter(|gutters| !gutters.is_empty())
    }
}

/// Where nothing stands beside, and between, some blocks, from left to right.
fn free(blocks: &[Block]) -> Vec<(f32, f32)> {
    let mut ranges: Vec<(f32, f32)> = blocks.iter().map(|block| (block.left, block.right)).collect();
    ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = Vec::new();
    let mut end = f32::MIN / 4.0;
    for (left, right) in ranges {
        if left > end {
            free.push((end, left));
        }
        end = end.max(right);
    }
    free.push((end, f32::MAX / 4.0));
    free
}

/// The one block that a line goes on.
fn pick(line: &Line, blocks: &[Block], open: &[usize]) -> Option<usize> {
    let fits = |at: &&usize| {
        let Some(last) = blocks.get(**at).and_then(|block| block.lines.last()) else { return false };
        let distance = line.base - last.base;
        let overlap = line.right.min(last.right) - line.left.max(last.left);
        let narrow = (line.right - line.left).min(last.right - last.left);
        distance > 0.0
            && distance <= SPACING * line.size.max(last.size)
            && (0.87..1.15).contains(&(line.size / last.size))
            && overlap > 0.3 * narrow
    };
    let mut fitting = open.iter().filter(fits);
    let found = fitting.next().copied();
    found.filter(|_| fitting.next().is_none())
}

fn sorted(mut blocks: Vec<Block>) -> Vec<Block> {
    blocks.sort_by(|a, b| a.top().total_cmp(&b.top()).then(a.left.total_cmp(&b.left)));
    if blocks.len() > MOST_BLOCKS {
        return blocks;
    }
    let count = blocks.len();
    let mut order = Vec::with_capacity(count);
    let mut seen = vec![false; count];
    // Depth first, without recursion: a block after all that come before it.
    for start in 0..count {
        let mut stack = vec![(start, 0)];
        while let Some((at, from)) = stack.pop() {
            if from == 0 {
                if seen.get(at).copied().unwrap_or(true) {
                    continue;
                }
                if let Some(seen) = seen.get_mut(at) {
                    *seen = true;
                }
            }
            let unseen = |&before: &usize| {
                !seen.get(before).copied().unwrap_or(true) && is_before(before, at, &blocks)
            };
            match (from..count).find(unseen) {
                Some(before) => stack.extend([(at, before + 1), (before, 0)]),
                None => order.push(at),
            }
        }
    }
    let mut blocks: Vec<Option<Block>> = blocks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| blocks.get_mut(at).and_then(Option::take)).collect()
}

fn is_before(a: usize, b: usize, blocks: &[Block]) -> bool {
    let (Some(first), Some(second)) = (blocks.get(a), blocks.get(b)) else { return false };
    if a == b {
        return false;
    }
    if first.is_over(second) {
        return first.top() < second.top();
    }
    let between = |block: &Block| {
        let middle = block.middle();
        let (low, high) = (first.middle().min(second.middle()), first.middle().max(second.middle()));
        low < middle && middle < high && block.is_over(first) && block.is_over(second)
    };
    first.right <= second.left && !blocks.iter().any(between)
}
