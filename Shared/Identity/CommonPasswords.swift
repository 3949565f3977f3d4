/// The passwords that are tried first, at ten characters and more: keys in a row, repetitions, and
/// well-known words dressed up with digits.
///
/// A rule catches what a list of such words would have to spell out a thousand times over. It is a
/// guard against the first guesses, no measure of strength.
enum CommonPasswords {
    /// Whether `text` is one of them.
    static func contains(_ text: String) -> Bool {
        let letters = Array(text.lowercased().unicodeScalars)
        return isRepetition(letters) || isMadeOfRows(letters) || isDressedWord(letters)
    }

    /// Neighbours on a keyboard or in the alphabet, in both directions.
    private static let rows: [[Unicode.Scalar]] = {
        let forward = [
            "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop",
            "asdfghjkl;'", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "1qaz", "2wsx", "3edc", "4rfv",
            "5tgb",
            "6yhn", "7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qaz", "wsx", "edc",
            "rfv", "tgb", "yhn", "ujm", "!@#$%^&*()",
        ].map { Array($0.unicodeScalars) }
        return forward + forward.map { $0.reversed() }
    }()

    /// A row this short says nothing: many words have three neighbours of the alphabet in them, but
    /// no word is made of nothing else.
    private static let rowLettersMin = 3

    /// A repeated piece this long is a word of its own.
    private static let unitLettersMax = 6

    /// More than this around a word is a secret of its own.
    private static let dressLettersMax = 8

    /// One piece of a few letters, over and over: `aaaaaaaaaa`, `abcabcabcabc`.
    private static func isRepetition(_ letters: [Unicode.Scalar]) -> Bool {
        (1...unitLettersMax).contains { unit in
            letters.count >= 2 * unit
                && letters.indices.dropFirst(unit).allSatisfy {
                    letters[$0] == letters[$0 - unit]
                }
        }
    }

    /// Nothing but rows, one after the other, and a letter or two behind them: `qwerty123456`,
    /// `1qaz2wsx3edc`, `12345678910`.
    private static func isMadeOfRows(_ letters: [Unicode.Scalar]) -> Bool {
        var rest = letters[...]
        while rest.count >= rowLettersMin {
            let same = rest.prefix { $0 == rest.first }.count
            let taken = max(same, rows.map { longest($0, at: rest) }.max() ?? 0)
            guard taken >= rowLettersMin else { return false }
            rest = rest.dropFirst(taken)
        }
        return rest.count < letters.count
    }

    /// The letters at the front of `text` that stand in `row` in the same order.
    private static func longest(
        _ row: [Unicode.Scalar], at text: ArraySlice<Unicode.Scalar>
    ) -> Int {
        guard let first = text.first, let start = row.firstIndex(of: first) else { return 0 }
        return zip(row[start...], text).prefix { $0 == $1 }.count
    }

    /// One or two known words with digits and signs around them and for letters: `P@ssw0rd2024!`,
    /// `iloveyou_forever`.
    private static func isDressedWord(_ letters: [Unicode.Scalar]) -> Bool {
        let isPlain = { (letter: Unicode.Scalar) in !letter.properties.isAlphabetic }
        guard let first = letters.firstIndex(where: { !isPlain($0) }),
            let last = letters.lastIndex(where: { !isPlain($0) }),
            letters.count - (last - first + 1) <= dressLettersMax
        else { return false }
        let word = String(
            String.UnicodeScalarView(
                letters[first...last].map { lookAlikes[$0] ?? $0 }.filter {
                    $0.properties.isAlphabetic
                }))
        if words.contains(word) { return true }
        return words.contains {
            word.hasPrefix($0) && words.contains(String(word.dropFirst($0.count)))
        }
    }

    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]

    /// Lower-case letters only; ten characters come from the dress or from a second word.
    private static let words: Set<String> = Set(
        """
        password passwort passw pass motdepasse contrasena senha parola haslo qwerty qwertz azerty
        asdf asdfgh zxcvbn abc abcd abcdef letmein welcome willkommen bienvenue hello hallo hola
        login signin access enter open admin administrator root user guest test tester testing
        demo default changeme change temp temporary secret private trustno trustnoone whatever
        nothing iloveyou ilove love loveme lovely lover forever always mylove teamo jetaime
        monkey dragon tiger lion eagle wolf horse dolphin butterfly flower rose sunflower
        sunshine rainbow summer winter spring autumn january february march april may june july
        august september october november december monday tuesday wednesday thursday friday
        saturday sunday football baseball basketball soccer hockey tennis golf arsenal chelsea
        liverpool manchester united barcelona realmadrid juventus bayern yankees lakers cowboys
        superman batman spiderman ironman starwars startrek pokemon pikachu naruto minecraft
        fortnite roblox matrix hunter killer ninja master shadow ghost phoenix thunder princess
        prince queen king angel angels jesus christ blessed heaven god family mother father
        mama papa baby babygirl sister brother friend friends michael jennifer jordan jessica
        ashley daniel andrew joshua matthew thomas robert george charlie charles william james
        john david maria anna nicole amanda samantha michelle alexander alexandra victoria
        computer internet keyboard laptop windows linux ubuntu google facebook youtube twitter
        instagram samsung iphone apple microsoft oracle cisco forum server service database
        manager office company money dollar bitcoin freedom america canada germany france
        england london paris berlin mexico china india brasil russia chocolate cookie banana
        orange cherry cheese coffee pepper ginger purple yellow black white blue green red
        silver golden diamond cool awesome
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
