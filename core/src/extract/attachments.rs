//! Attachments of an answer: images, sounds and texts of resources.
use crate::{Call, FromCall, Result, answer_extras::SharedExtras, content::Block};

/// Adds images, sounds and texts of resources to the answer, after its text. [`Files`](crate::Files) links a file.
pub struct Attachments(SharedExtras);

/// The most bytes of attachments in one answer. More are left out, with a note.
const CAP: usize = 1024 * 1024;

impl Attachments {
    /// Adds an image, such as a chart.
    pub fn image(&self, media_type: &str, data: Vec<u8>) {
        self.add(Block::Image { data, media_type: media_type.into() });
    }

    /// Adds a sound.
    pub fn audio(&self, media_type: &str, data: Vec<u8>) {
        self.add(Block::Audio { data, media_type: media_type.into() });
    }

    /// Adds the text of a resource, with its URI.
    pub fn resource(&self, uri: &str, media_type: &str, text: String) {
        self.add(Block::Resource { uri: uri.into(), media_type: media_type.into(), text });
    }

    fn add(&self, block: Block) {
        let full = self.0.edit(|extras| {
            let used: usize = extras.blocks.iter().map(size).sum();
            let full = used + size(&block) > CAP;
            if !full {
                extras.blocks.push(block);
            }
            full
        });
        if full {
            self.0.note(format!(
                "left out what would make the images, sounds and texts beside this text exceed {CAP} bytes"
            ));
        }
    }
}

fn size(block: &Block) -> usize {
    match block {
        Block::Image { data, .. } | Block::Audio { data, .. } => data.len(),
        Block::Text(text) | Block::Resource { text, .. } => text.len(),
    }
}

impl FromCall for Attachments {
    async fn from_call(call: &mut Call) -> Result<Self> {
        Ok(Self(call.extras.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_shows_what_fits_and_says_that_more_was_left_out() {
        let extras = SharedExtras::default();
        let show = Attachments(extras.clone());
        show.image("image/png", vec![0; CAP - 1]);
        show.audio("audio/wav", vec![0; 2]);
        show.resource("own://words", "text/plain", "a".into());
        let (shown, notes) = extras.edit(|extras| (extras.blocks.clone(), extras.notes.clone()));
        assert!(matches!(shown.as_slice(), [Block::Image { .. }, Block::Resource { .. }]), "{}", shown.len());
        assert!(matches!(notes.as_slice(), [note] if note.starts_with("left out")), "{notes:?}");
    }
}
