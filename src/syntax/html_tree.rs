//! HTML → the tree that browsers make of it, which can be changed and written again.

use scraper::node::Text;
use scraper::{Html, StrTendril};

pub use ego_tree::iter::Edge;
pub use ego_tree::{NodeId, NodeRef, Tree};
pub use scraper::node::{Element, Node};

/// A page, or a stretch of one.
#[derive(Debug)]
pub struct HtmlTree {
    html: Html,
}

impl HtmlTree {
    /// The tree of a whole page.
    #[must_use]
    pub fn of_page(html: &str) -> Self {
        Self { html: Html::parse_document(html) }
    }

    /// The nodes.
    #[must_use]
    pub fn nodes(&self) -> &Tree<Node> {
        &self.html.tree
    }

    /// The page as HTML.
    #[must_use]
    pub fn write(&self) -> String {
        self.html.html()
    }

    /// The elements, in the order in which they begin.
    #[must_use]
    pub fn elements(&self) -> Vec<NodeId> {
        self.html.tree.root().descendants().filter(|node| node.value().is_element()).map(|node| node.id()).collect()
    }

    /// The element, if the node is one.
    #[must_use]
    pub fn element(&self, node: NodeId) -> Option<&Element> {
        self.html.tree.get(node)?.value().as_element()
    }

    /// Sets an attribute of an element.
    pub fn set(&mut self, node: NodeId, name: &str, value: &str) {
        self.change(node, |element| set(element, name, value));
    }

    /// Takes an attribute from an element.
    pub fn remove(&mut self, node: NodeId, name: &str) {
        self.change(node, |element| element.attrs.retain(|(own, _)| &*own.local != name));
    }

    /// Gives an element another name.
    pub fn rename(&mut self, node: NodeId, name: &str) {
        self.change(node, |element| element.name.local = name.into());
    }

    /// Takes a node out, with all that it holds.
    pub fn detach(&mut self, node: NodeId) {
        if let Some(mut node) = self.html.tree.get_mut(node) {
            node.detach();
        }
    }

    /// Puts this text in the place of all that an element holds.
    pub fn set_text(&mut self, node: NodeId, text: &str) {
        let Some(mut node) = self.html.tree.get_mut(node) else { return };
        while let Some(mut child) = node.first_child() {
            child.detach();
        }
        node.append(Node::Text(Text { text: StrTendril::from(text) }));
    }

    /// Puts a `span` of this class with this text after an element.
    pub fn insert_after(&mut self, node: NodeId, class: &str, text: &str) {
        let Some(mut node) = self.html.tree.get_mut(node) else { return };
        let Some(mut span) = node.value().as_element().cloned() else { return };
        span.name.local = "span".into();
        set(&mut span, "class", class);
        span.attrs.retain(|(name, _)| &*name.local == "class");
        node.insert_after(Node::Element(span)).append(Node::Text(Text { text: StrTendril::from(text) }));
    }

    fn change(&mut self, node: NodeId, change: impl FnOnce(&mut Element)) {
        if let Some(mut node) = self.html.tree.get_mut(node)
            && let Node::Element(element) = node.value()
        {
            change(element);
        }
    }
}

/// The value of an attribute, if the element has it.
#[must_use]
pub fn value<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|(own, _)| &*own.local == name && own.prefix.is_none()).map(|(_, value)| &**value)
}

fn set(element: &mut Element, name: &str, value: &str) {
    match element.attrs.iter_mut().find(|(own, _)| &*own.local == name) {
        Some((_, own)) => *own = StrTendril::from(value),
        None => {
            let mut key = element.name.clone();
            (key.prefix, key.ns, key.local) = (None, "".into(), name.into());
            element.attrs.push((key, StrTendril::from(value)));
            element.attrs.sort_by(|a, b| a.0.cmp(&b.0));
        }
    }
}
