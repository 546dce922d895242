//! Tests of deleting an application.

use super::*;
use crate::vonage::http::polling::Visibility;
use crate::vonage::test_server::{Reply, Server, operation};

const PBX: &str = "5d0c7c0e-0000-4000-8000-0123456789ab";

#[tokio::test]
async fn a_deletion_is_awaited_and_what_is_gone_already_is_as_good() {
    let pbx = Reply::json(200, &format!(r#"{{"id":"{PBX}","name":"pbx"}}"#));
    let there = vec![Reply::json(204, ""), pbx, Reply::not_found()];
    for (replies, was_missing) in [(there, false), (vec![Reply::not_found()], true)] {
        let server = Server::script(replies).await;
        let deleted = server.applications().delete(&operation(), PBX).await;
        let expected = Deleted {
            visibility: Visibility::Confirmed,
            was_missing,
        };
        assert_eq!(deleted.unwrap(), expected);
        assert_eq!(server.count("DELETE"), 1);
    }
}
