//! A list that only grows and whose copies share what they hold.
//! Whoever has a copy goes on seeing what was there when it was made; the list itself grows on beside it.

use std::sync::Arc;

/// A list in parts of `SIZE`. To copy it takes as long as it has parts; what is put in afterwards copies
/// the last part once.
#[derive(Clone, Debug)]
pub(crate) struct Chunks<T, const SIZE: usize> {
    /// All full but the last.
    parts: Vec<Arc<Vec<T>>>,
}

impl<T, const SIZE: usize> Default for Chunks<T, SIZE> {
    fn default() -> Self {
        Self { parts: Vec::new() }
    }
}

impl<T: Clone, const SIZE: usize> Chunks<T, SIZE> {
    pub(crate) fn push(&mut self, item: T) {
        match self.parts.last_mut().filter(|part| part.len() < SIZE) {
            Some(part) => Arc::make_mut(part).push(item),
            None => self.parts.push(Arc::new(vec![item])),
        }
    }

    /// A list of these parts; `None` unless all are full but the last.
    pub(crate) fn of_parts(parts: Vec<Vec<T>>) -> Option<Self> {
        let (last, full) =
            parts.split_last().map_or((&[][..], &[][..]), |(last, full)| (last.as_slice(), full));
        let whole = full.iter().all(|part| part.len() == SIZE)
            && (parts.is_empty() || (1..=SIZE).contains(&last.len()));
        whole.then(|| Self { parts: parts.into_iter().map(Arc::new).collect() })
    }

    /// Its parts.
    pub(crate) fn parts(&self) -> &[Arc<Vec<T>>] {
        &self.parts
    }

    pub(crate) fn len(&self) -> usize {
        let Some(last) = self.parts.last() else { return 0 };
        (self.parts.len() - 1) * SIZE + last.len()
    }

    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        self.parts.get(number / SIZE)?.get(number % SIZE)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.parts.iter().flat_map(|part| part.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut list: Chunks<u32, 4> = Chunks::default();
        let copies = (0..11).map(|number| {
            let copy = list.clone();
            list.push(number);
            copy
        });
        let copies: Vec<_> = copies.collect();
        for (number, copy) in copies.iter().enumerate() {
            assert_eq!(copy.len(), number);
            assert!(copy.iter().copied().eq(0..number as u32));
            assert_eq!(copy.get(number), None);
        }
        assert_eq!((list.len(), list.get(10)), (11, Some(&10)));
    }
}
