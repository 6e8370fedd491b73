//! What could not be read or worked out, and which article it came with.
//! Most belong to no article: a file that could not be read became none.

use std::collections::BTreeSet;

use crate::model::Problem;

/// Problems in order of arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    all: Vec<Problem>,
    /// Of each the article that it came with.
    of: Vec<Option<u32>>,
    articles: BTreeSet<u32>,
}

impl Faults {
    /// All of them.
    pub fn all(&self) -> &[Problem] {
        &self.all
    }

    /// With the articles that they came with.
    pub fn with_articles(&self) -> impl Iterator<Item = (&Problem, Option<u32>)> {
        self.all.iter().zip(self.of.iter().copied())
    }

    /// One more.
    pub fn add(&mut self, problem: Problem, article: Option<u32>) {
        self.all.push(problem);
        self.of.push(article);
        self.articles.extend(article);
    }

    /// Puts those before that came with no article.
    pub fn follow(&mut self, other: &Faults) {
        let before = other.with_articles().filter(|(_, article)| article.is_none());
        let before: Vec<Problem> = before.map(|(problem, _)| problem.clone()).collect();
        self.of.splice(0..0, before.iter().map(|_| None));
        self.all.splice(0..0, before);
    }

    /// What an article has of them from now on.
    pub fn put(&mut self, article: u32, problems: Vec<Problem>) {
        if self.articles.remove(&article) {
            let of = std::mem::take(&mut self.of);
            let kept = std::mem::take(&mut self.all).into_iter().zip(of);
            (self.all, self.of) = kept.filter(|(_, of)| *of != Some(article)).unzip();
        }
        problems.into_iter().for_each(|problem| self.add(problem, Some(article)));
    }

    /// Whether putting these in would change nothing.
    pub fn are(&self, article: u32, problems: &[Problem]) -> bool {
        if !self.articles.contains(&article) {
            return problems.is_empty();
        }
        let own = self.with_articles().filter(|(_, of)| *of == Some(article));
        own.map(|(problem, _)| problem).eq(problems)
    }
}
