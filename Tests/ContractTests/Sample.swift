/// A small forum in the shape of the lab's file.
enum Sample {
    static let users = [
        #"{"id":1,"username":"alma","name":"Alma Reyes","bio":"rows at dawn"}"#,
        #"{"id":2,"username":"bruno","name":"Bruno 'the Oar' Lindt","bio":"builds boats"}"#,
        #"{"id":3,"username":"carla","name":"Carla Voß","bio":"collects maps / charts"}"#,
        #"{"id":4,"username":"dirk_1.2-3","name":"ديرك","bio":"🚣 \"quoted\" \\ back"}"#,
    ]

    static let threads = [
        #"{"id":1,"title":"Who's seen the heron?","createdBy":4}"#,
        #"{"id":2,"title":"Swim at the harbour tomorrow","createdBy":3}"#,
        #"{"id":3,"title":"Wanted: a used kayak","createdBy":1}"#,
    ]

    /// As they are read back.
    static let bare = [
        #"{"thread":1,"text":"It stood by the weir on Monday.","user":4}"#,
        #"{"thread":1,"text":"Still there!","user":2}"#,
        #"{"thread":2,"text":"Who is in?","user":3}"#,
        #"{"thread":2,"text":"Count me in 🏊","user":2}"#,
        #"{"thread":2,"text":"I bring towels","user":1}"#,
        #"{"thread":3,"text":"Mine leaks\nbadly","user":1}"#,
    ]

    /// As a file is loaded: each with its place, because posts have no id there.
    static let posts: [String] = bare.enumerated().map { place, post in
        String(post.dropLast()) + #","place":\#(place + 1)}"#
    }
}
