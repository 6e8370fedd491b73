//! What countries are called in their own principal language.
//! The table is a file of the repository and no asset: it is read as it stands.

static TABLE: &str = include_str!("../../assets/tables/endonyms.tsv");

/// A country's own name for itself by its ISO 3166-1 alpha-2 code; `None` where that is the English one.
///
/// ```
/// use dateline::basemap::endonym;
/// assert_eq!(endonym("EG"), Some("مصر"));
/// assert_eq!(endonym("GH"), None);
/// ```
pub fn endonym(code: &str) -> Option<&'static str> {
    entries().find(|&(other, _)| other == code).map(|(_, name)| name)
}

fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_code_and_a_name() {
        let codes: Vec<&str> = entries().map(|(code, _)| code).collect();
        assert!(codes.len() > 120 && codes.is_sorted());
        for (code, name) in entries() {
            assert!(code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()), "{code}");
            assert!(!name.trim().is_empty() && name == name.trim(), "{code}");
        }
        assert_eq!(TABLE.lines().filter(|line| !line.starts_with('#')).count(), codes.len());
    }
}
