//! The closed lists of this crate: enums whose every value has one fixed word, used in policies, in storage
//! and on the wire. One macro writes them, so that no list of all values can fall behind its enum.

/// Defines an enum with `ALL`, `word` and `from_word` from one list of values and words.
macro_rules! closed_list {
    (
        $(#[$about:meta])*
        $name:ident { $( $(#[$value_about:meta])* $value:ident = $word:literal, )+ }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$value_about])* $value, )+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: [$name; [$( $name::$value ),+].len()] = [$( $name::$value ),+];

            /// The word for this value in policies, storage and addresses.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $( Self::$value => $word, )+ }
            }

            /// The value that a word stands for; none for a word that is not on the list.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$value), )+ _ => None }
            }
        }
    };
}

pub(crate) use closed_list;
