//! Names that are kept once and known by a number.
//! They are few: a copy shares them, and the next new one copies them all.

use std::collections::HashMap;
use std::sync::Arc;

/// Names that are kept once, each under the number it was first met with. The first is the empty one.
#[derive(Clone, Debug)]
pub(super) struct Register<T> {
    pub entries: Arc<Vec<T>>,
    pub numbers: Arc<HashMap<String, u32>>,
}

impl<T: Default> Default for Register<T> {
    fn default() -> Self {
        Self { entries: Arc::new(vec![T::default()]), numbers: Arc::new(HashMap::from([(String::new(), 0)])) }
    }
}

impl<T: Clone> Register<T> {
    pub fn number(&mut self, name: &str, entry: impl FnOnce() -> T) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.entries.len() as u32;
        Arc::make_mut(&mut self.numbers).insert(name.to_owned(), number);
        Arc::make_mut(&mut self.entries).push(entry());
        number
    }
}

/// The numbers of names in a register. More names than have a number are none.
pub(super) fn numbers(register: &mut Register<String>, names: &[String]) -> Vec<u16> {
    let number = |name: &String| u16::try_from(register.number(name, || name.clone())).unwrap_or(0);
    names.iter().map(number).collect()
}

impl<T: Default + Clone> Register<T> {
    /// A register of these entries by their names; `None` unless the first is the empty one and no name is there twice.
    pub fn of(entries: Vec<T>, name: impl Fn(&T) -> &str) -> Option<Register<T>> {
        let numbers: HashMap<String, u32> =
            (0u32..).zip(&entries).map(|(number, entry)| (name(entry).to_owned(), number)).collect();
        let whole = numbers.len() == entries.len() && numbers.get("") == Some(&0);
        whole.then(|| Register { entries: Arc::new(entries), numbers: Arc::new(numbers) })
    }
}
