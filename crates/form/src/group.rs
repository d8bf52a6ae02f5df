//! [`group!`]: a struct of answers with a question beside each field.

/// Declares a struct of answers and, beside each field, its question. See the crate's example.
///
/// `of` names the form, `as` gives the stem of the wording keys. A field's limit is written once, in `validator`'s own
/// attribute; the question takes it from there. The crate that uses it needs `validator` with its derive, and the trait
/// `validator::Validate` in scope where a field is `nested`.
#[macro_export]
macro_rules! group {
    (
        $(#[doc = $about:literal])*
        pub struct $name:ident of $form:ty as $key:literal {
            $(
                $(#[doc = $doc:literal])*
                $(#[validate(length(max = $max:literal))])?
                $(#[validate(nested $($nested:tt)?)])?
                $field:ident : $type:ty => $question:expr
            ),* $(,)?
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, PartialEq, Eq, ::validator::Validate)]
        pub struct $name {
            $(
                $(#[doc = $doc])*
                $(#[validate(length(max = $max))])?
                $(#[validate(nested $($nested)?)])?
                pub $field: $type,
            )*
        }

        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self { $($field: ::core::default::Default::default(),)* }
            }
        }

        impl $crate::Declared for $name {}

        impl $crate::Group<$form> for $name {
            fn key(&self) -> &'static str {
                $key
            }
            fn questions(&self) -> &'static [$crate::Question<$form>] {
                const QUESTIONS: &[$crate::Question<$form>] =
                    &[$($question.named(::core::stringify!($field))$(.limited($max))?),*];
                QUESTIONS
            }
            fn get(&self, index: usize) -> ::core::option::Option<$crate::Node<'_, $form>> {
                let mut at = 0;
                $(
                    if index == at {
                        return ::core::option::Option::Some($crate::Answer::node(&self.$field));
                    }
                    at += 1;
                )*
                ::core::option::Option::None
            }
            fn get_mut(&mut self, index: usize) -> ::core::option::Option<$crate::NodeMut<'_, $form>> {
                let mut at = 0;
                $(
                    if index == at {
                        return ::core::option::Option::Some($crate::Answer::node_mut(&mut self.$field));
                    }
                    at += 1;
                )*
                ::core::option::Option::None
            }
        }

        impl $crate::Answer<$form> for $name {
            fn node(&self) -> $crate::Node<'_, $form> {
                $crate::Node::Group(self)
            }
            fn node_mut(&mut self) -> $crate::NodeMut<'_, $form> {
                $crate::NodeMut::Group(self)
            }
        }
    };
}
