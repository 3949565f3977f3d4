import Search
import Testing

@Suite("Queries")
struct SearchQueryTests {
    @Test(
        "what was typed becomes quoted words",
        arguments: [
            ("fuse", "\"fuse\""), ("toaster fuse", "\"toaster\" \"fuse\""),
            ("  toaster\t fuse\n", "\"toaster\" \"fuse\""),
            ("\"the fuse\" box", "\"the fuse\" \"box\""),
            ("\"the fuse", "\"the fuse\""), ("“the fuse” «box»", "\"the fuse\" \"box\""),
            ("a\"b c\"d", "\"a\" \"b c\" \"d\""), ("fuse*", "\"fuse\" *"),
            ("toaster fu*", "\"toaster\" \"fu\" *"),
            ("fu* toaster", "\"fu*\" \"toaster\""), ("f*", "\"f\""), ("foo-f*", "\"foo-f\""),
            ("café*", "\"café\" *"), ("cafe\u{301}*", "\"cafe\u{301}\" *"), ("fuse**", "\"fuse*\""),
            ("\"fuse\"*", "\"fuse\""), ("fuse -box", "(\"fuse\") NOT \"box\""),
            ("-box fuse lamp", "(\"fuse\" \"lamp\") NOT \"box\""),
            ("fuse -\"the box\" -a", "(\"fuse\") NOT \"the box\" NOT \"a\""),
            ("fuse --box", "(\"fuse\") NOT \"box\""), ("fuse - box", "\"fuse\" \"box\""),
            ("fuse -bo*", "(\"fuse\") NOT \"bo\" *"), ("well-known", "\"well-known\""),
            ("AND OR NOT", "\"AND\" \"OR\" \"NOT\""), ("NEAR(a b, 2)", "\"NEAR(a\" \"b,\" \"2)\""),
            ("title:fuse", "\"title:fuse\""),
            ("{title}: ^fuse + x", "\"{title}:\" \"^fuse\" \"x\""),
            ("a\u{0}b \"c\u{7}d\"", "\"a\" \"b\" \"c d\""), ("!!! fuse ???", "\"fuse\""),
            ("it's", "\"it's\""),
            ("c++ 7", "\"c++\" \"7\""),
            ("你好", "\"你好\""),
        ])
    func expressions(text: String, expression: String) throws {
        #expect(try SearchQuery(text).expression == expression)
    }

    @Test(
        "nothing to find is a fault",
        arguments: ["", "   ", "!!!", "\"\"", "-", "*", "\u{0}", "🙂", "\u{301}", "- ! \"?\" *"])
    func empty(text: String) {
        #expect(throws: SearchQueryFault.empty) { try SearchQuery(text) }
    }

    @Test("exclusions alone are a fault", arguments: ["-a", "-a -\"b c\"", "- -a", "! -a"])
    func exclusions(text: String) {
        #expect(throws: SearchQueryFault.onlyExclusions) { try SearchQuery(text) }
    }

    @Test("two hundred characters are read, one more is a fault")
    func length() throws {
        let longest = String(repeating: "é", count: 200)
        #expect(try SearchQuery(longest).expression.unicodeScalars.count == 202)
        #expect(throws: SearchQueryFault.tooLong(characters: 201)) {
            try SearchQuery(longest + "a")
        }
    }

    @Test("places are asked for beside what was typed, whatever that excludes")
    func places() throws {
        let query = try SearchQuery("tea -coffee")
        #expect(
            query.placed([["b0", "c7"], ["u4"]])
                == #"{title text} : (("tea") NOT "coffee") AND place : ("b0" OR "c7")"#
                + #" AND place : ("u4")"#)
        #expect(query.placed([], inTitles: true) == #"{title} : (("tea") NOT "coffee")"#)
    }

    @Test("twelve terms are read, one more is a fault; what has no letters does not count")
    func terms() throws {
        let most = Array(repeating: "a", count: 11).joined(separator: " ") + " -b ! ? …"
        #expect(try SearchQuery(most).expression.hasSuffix("NOT \"b\""))
        #expect(throws: SearchQueryFault.tooManyTerms(count: 13)) { try SearchQuery(most + " c") }
    }

    @Test(
        "a fault says in one line what to do",
        arguments: [
            (SearchQueryFault.empty, "empty"), (.onlyExclusions, "only-exclusions"),
            (.tooLong(characters: 201), "too-long"), (.tooManyTerms(count: 13), "too-many-terms"),
        ])
    func descriptions(fault: SearchQueryFault, code: String) {
        #expect(fault.code == code)
        #expect(fault.description.contains(": ") && !fault.description.contains("\n"))
    }
}
