//! Which blocks of a page are the story.
//! A readability library finds where the story is. It also throws away short paragraphs, lists, tables, captions and
//! sections between; what lies between the parts that it kept, or beside them in the same box, is put back.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

use super::blocks::{Block, Kind, Page, texts};

/// Nodes of a page that the library is asked about; its time grows with the square of paragraphs side by side.
const MOST_NODES: usize = 50_000;
/// Nodes counted once for each element around them.
const MOST_NESTED: usize = 4_000_000;

/// Characters of a box that tells of another story.
const LARGEST_CARD: usize = 350;

/// Which blocks are the story, in order; none where that cannot be told.
pub(super) fn of(document: &Document, page: &Page) -> Vec<usize> {
    let kept = kept(document, page);
    let sizes: Vec<usize> = page.blocks.iter().map(|block| kept_of(block, &kept)).collect();
    let total: usize = sizes.iter().sum();
    let all: usize = prose(page).map(|block| block.size).sum();
    if total == 0 || total * 3 < all {
        return Vec::new();
    }
    let story_box = innermost(page, &sizes, total);
    let inside: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| page.around(block.container).any(|around| around == story_box))
        .collect();
    let story = |at: &usize| sizes[*at] * 2 > page.blocks[*at].size && !page.is_furniture(&page.blocks[*at]);
    let (Some(first), Some(last)) = ((0..sizes.len()).find(story), (0..sizes.len()).rev().find(story)) else {
        return Vec::new();
    };
    let cards = cards(page, story_box);
    let belongs = |at: usize| {
        let block = &page.blocks[at];
        if page.is_furniture(block) || is_links(block) || cards.contains(&block.container) {
            return false;
        }
        let between = (first..=last).contains(&at);
        match inside[at] {
            true => between || is_prose(block) || sizes[at] > 0,
            false => between && sizes[at] > 0 && is_prose(block),
        }
    };
    (0..page.blocks.len()).filter(|&at| belongs(at)).collect()
}

/// The texts that the library keeps, of the page without its furniture.
fn kept(document: &Document, page: &Page) -> HashSet<NodeId> {
    if document.tree.len() > MOST_NODES || nested(document) > MOST_NESTED {
        return HashSet::new();
    }
    let work = || {
        let copy = document.clone();
        for node in page.furniture() {
            copy.tree.remove_from_parent(&node);
        }
        let config = Config { disable_json_ld: true, char_threshold: 250, ..Config::default() };
        let mut reader = Readability::with_document(copy, None, Some(config)).ok()?;
        reader.parse().ok()?;
        let content = reader.doc.select_single("#readability-page-1");
        let content = content.nodes().first()?;
        Some(content.descendants_it().filter(|node| node.is_text()).map(|node| node.id).collect())
    };
    // A fault of the library is no reason to lose the page.
    catch_unwind(AssertUnwindSafe(work)).ok().flatten().unwrap_or_default()
}

/// The sum over all nodes of how deep they are.
fn nested(document: &Document) -> usize {
    let (mut at, mut depth, mut sum) = (document.root(), 0usize, 0usize);
    loop {
        sum += depth;
        if let Some(child) = at.first_child() {
            (at, depth) = (child, depth + 1);
            continue;
        }
        loop {
            if depth == 0 {
                return sum;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return sum };
            (at, depth) = (parent, depth - 1);
        }
    }
}

fn kept_of(block: &Block, kept: &HashSet<NodeId>) -> usize {
    match block.texts.iter().filter(|text| kept.contains(text)).count() {
        0 => 0,
        texts => (block.size * texts / block.texts.len()).max(1),
    }
}

/// Blocks of running text that are no furniture.
fn prose(page: &Page) -> impl Iterator<Item = &Block> {
    page.blocks.iter().filter(|block| !page.is_furniture(block) && is_prose(block))
}

/// Whether it is long enough for running text, and no list of links.
pub(super) fn is_prose(block: &Block) -> bool {
    let ends = block
        .text
        .trim_end_matches(['"', '”', '’', '»', ')', '」'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔']);
    let room = if block.text.is_ascii() { 60 } else { 25 };
    !matches!(block.kind, Kind::Heading(_))
        && !is_links(block)
        && (ends && block.size >= room || block.size >= 140)
}

/// Whether it leads elsewhere more than it says.
pub(super) fn is_links(block: &Block) -> bool {
    block.linked * 2 > block.size
}

/// The innermost box with nearly everything that was kept, or one around it that says that it is the story.
fn innermost(page: &Page, sizes: &[usize], total: usize) -> usize {
    let mut within = vec![0; page.containers.len()];
    for (block, size) in page.blocks.iter().zip(sizes) {
        within[block.container] += size;
    }
    for at in (1..within.len()).rev() {
        within[page.containers[at].parent] += within[at];
    }
    // Parents come first, so that the last is the innermost of those within each other.
    let found = (0..within.len()).rev().find(|&at| within[at] * 10 >= total * 8).unwrap_or(0);
    let says = page.around(found).find(|&around| page.containers[around].story);
    says.unwrap_or(found)
}

/// Boxes of other stories within the story's: a linked headline with at most a few words under it.
fn cards(page: &Page, story: usize) -> HashSet<usize> {
    let mut sums = vec![(0, false); page.containers.len()];
    for block in &page.blocks {
        let headline = matches!(block.kind, Kind::Heading(2..)) && is_links(block);
        let (size, linked) = sums[block.container];
        sums[block.container] = (size + block.size, linked || headline);
    }
    for at in (1..sums.len()).rev() {
        let ((size, linked), parent) = (sums[at], page.containers[at].parent);
        sums[parent] = (sums[parent].0 + size, sums[parent].1 || linked);
    }
    let around: HashSet<usize> = page.around(story).collect();
    let mut cards = HashSet::new();
    for (at, &(size, linked)) in sums.iter().enumerate().filter(|(at, _)| !around.contains(at)) {
        if linked && size < LARGEST_CARD || cards.contains(&page.containers[at].parent) {
            cards.insert(at);
        }
    }
    cards
}

/// All blocks that are no furniture; where that leaves no running text, all blocks.
pub(super) fn everything(page: &Page) -> Vec<usize> {
    let all = || 0..page.blocks.len();
    let plain: Vec<usize> = all().filter(|&at| !page.is_furniture(&page.blocks[at])).collect();
    let shown = |blocks: &[usize]| texts(blocks.iter().map(|&at| &page.blocks[at])).len();
    match shown(&plain) * 4 >= shown(&all().collect::<Vec<_>>()) || prose(page).next().is_some() {
        true => plain,
        false => all().collect(),
    }
}
