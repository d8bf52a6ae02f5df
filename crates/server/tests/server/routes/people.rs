//! People over HTTP, on both stores: search, "Is this the same child?", and two records of one child.
//!
//! An ending such as `_a7` is the row of the cases that went wrong elsewhere.

mod apart;
mod families;
mod family_changes;
mod limits;
mod merges;
mod numbers;
mod office;
mod reach;
mod reasons;
mod spelling;
mod subject_access;
mod twins;
mod undoing;

pub(super) use office::{Office, child, who};
use office::{address, born, number};

/// Makes a test of each function for each store.
macro_rules! on_both {
    ($($case:ident;)+) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(super::super::Office::on_sqlite().await).await;
                }
            )+
        }
        #[cfg(unix)]
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    super::$case(super::super::Office::on_postgres().await).await;
                }
            )+
        }
    };
}
pub(super) use on_both;
