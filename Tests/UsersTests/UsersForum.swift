import Fixture
import HTTP
import UsersService

/// A forum of users alone, with the lab's first two.
func usersForum() async throws -> LoopbackForum {
    let forum = try LoopbackForum { parts in
        [Users(store: try parts.store("users", Users.schema), accounts: try parts.accounts())]
    }
    let lines = [
        #"{"id":1,"username":"alma","name":"Alma Reyes","bio":"rows at dawn"}"#,
        #"{"id":2,"username":"bruno","name":"Bruno 'the Oar' Lindt","bio":"builds boats"}"#,
    ]
    let answer = try await forum.bulk("/api/users/bulk", lines)
    precondition(
        answer.lines.last == #"{"summary":{"lines":2,"added":2,"unchanged":0,"failed":0}}"#)
    return forum
}

/// What registers an account: its `members` as JSON, and a password.
func account(_ members: String) -> String { #"{\#(members),"password":"correct horse 7"}"# }
