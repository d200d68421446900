//! Messages go into a folder as text files, one each, until a mail server is set up.

use std::path::PathBuf;

use sendero_app::Post;

/// A folder of messages.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Post for Folder {
    fn send(&self, to: &str, subject: &str, body: &str, id: &str) -> Result<(), String> {
        std::fs::create_dir_all(&self.0).map_err(|error| error.kind().to_string())?;
        let text = format!("To: {to}\nSubject: {subject}\n\n{body}");
        // Written aside and renamed, so that nobody picks up half a message.
        let part = self.0.join(format!("{id}.part"));
        std::fs::write(&part, text).map_err(|error| error.kind().to_string())?;
        std::fs::rename(&part, self.0.join(format!("{id}.txt")))
            .map_err(|error| error.kind().to_string())
    }
}
