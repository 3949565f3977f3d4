import Bytes
import Identity
import Testing

@testable import Stack

@Suite("The small forum")
struct SeedTests {
    @Test("every member of the story is understood, and everybody who acts in it is there")
    func people() throws {
        let story = try Story.read()
        let names = Set(story.people.map(\.username))
        #expect(names.count == 12 && names.count == story.people.count)
        for thread in story.threads {
            let actors =
                [thread.by] + thread.watchers + thread.readers.map(\.by)
                + thread.posts.flatMap { post in
                    [post.by] + post.flags.map(\.by) + post.reactions.flatMap(\.by)
                }
            for actor in actors { #expect(names.contains(actor), "\(thread.title): \(actor)") }
        }
        for ban in story.bans { #expect(names.contains(ban.user) && names.contains(ban.by)) }
    }

    @Test("there is something of everything in it")
    func everything() throws {
        let story = try Story.read()
        let posts = story.threads.flatMap(\.posts)
        #expect(story.admin != nil && story.moderator != nil && !story.bans.isEmpty)
        #expect(story.categories.contains { $0.parent != nil })
        #expect(story.categories.contains { $0.permissions != nil })
        #expect(story.threads.contains { $0.pin != nil })
        #expect(story.threads.contains { $0.lock != nil })
        #expect(story.threads.contains { $0.answer != nil })
        #expect(story.threads.contains { !$0.watchers.isEmpty })
        #expect(story.threads.contains { !$0.readers.isEmpty })
        #expect(posts.contains { $0.edits.count > 1 })
        #expect(posts.contains { $0.text.contains("[quote post={post:") })
        #expect(posts.contains { $0.text.contains("@") })
        #expect(posts.contains { $0.isRemoved && !$0.flags.isEmpty })
        #expect(posts.contains { !$0.isRemoved && !$0.flags.isEmpty })
    }

    @Test("places, answers, replies and quotes point at what is there before them")
    func references() throws {
        let story = try Story.read()
        var places: Set = ["general"]
        for category in story.categories {
            if let parent = category.parent { #expect(places.contains(parent)) }
            places.insert(category.slug)
        }
        for thread in story.threads {
            #expect(places.contains(thread.category))
            #expect(thread.posts[0].by == thread.by)
            if let answer = thread.answer { #expect((2...thread.posts.count).contains(answer)) }
            for (index, post) in thread.posts.enumerated() {
                if let target = post.replyTo { #expect((1...index).contains(target)) }
                let texts = post.texts((1...thread.posts.count).map { $0 <= index ? 7 : nil })
                for text in texts { #expect(!text.contains("{post:"), "\(text)") }
            }
        }
    }

    @Test("nobody does more in a minute than a young account may")
    func pace() throws {
        let story = try Story.read()
        for person in story.people {
            let threads = story.threads.filter { $0.by == person.username }
            let posts = story.threads.flatMap { $0.posts.dropFirst() }
                .filter { $0.by == person.username }
            #expect(threads.count <= 3 && posts.count <= 10, "\(person.username)")
        }
    }

    @Test("a password is the same each time, another one for each person and each forum")
    func passwords() throws {
        let one = try #require(Secret("the-secret-of-one-forum"))
        let other = try #require(Secret("the-secret-of-another"))
        let password = try Cast.password("nora", one)
        #expect(password.count == 16)
        #expect(try Cast.password("nora", one) == password)
        #expect(try Cast.password("dov", one) != password)
        #expect(try Cast.password("nora", other) != password)
    }
}
