import Fixture
import HTTP
import Testing

// The tree of categories: who sees which, and who keeps it.
extension Conversation {
    func categories() async throws {
        let (ada, alma) = (try person("ada"), try person("alma"))
        let target = "/api/threads/categories"
        let boats = ##"{"name":"Boats","description":"Wood and water","color":"#2a6"}"##
        try await post(403, target, as: alma, boats)
        try await post(201, target, as: ada, boats, key: "boats")
        try await post(201, target, as: ada, boats, key: "boats")
        try await post(422, target, as: ada, #"{"name":"Boats","color":"green","parent":99}"#)
        try await post(409, target, as: ada, #"{"slug":"boats","name":"Other boats"}"#)
        try await post(201, target, as: ada, #"{"name":"Kayaks","parent":2}"#)
        try await post(
            201, target, as: ada, #"{"name":"Staff","permissions":{"read":"moderator"}}"#)
        try await post(
            201, target, as: ada,
            #"{"name":"News","permissions":{"post":"moderator"},"moderators":[3]}"#)
        try await get(200, target)
        try await get(200, target, as: ada)
        try await get(200, "\(target)/boats")
        try await get(200, "\(target)/3")
        // What is hidden looks as if it were not there.
        try await get(404, "\(target)/staff")
        try await get(404, "\(target)/4", as: alma)
        try await get(404, "\(target)/nothing")
        try await get(200, "\(target)/staff", as: ada)
        try await edit(200, "\(target)/boats", as: ada, #"{"description":"Wood, water, wind"}"#)
        try await edit(412, "\(target)/boats", as: ada, #"{"name":"B"}"#, match: "\"k2.99\"")
        try await edit(422, "\(target)/boats", as: ada, #"{"parent":3}"#)
        try await edit(403, "\(target)/boats", as: alma, #"{"name":"Mine"}"#)
        try await put(200, "\(target)/order", as: ada, #"{"order":[2,1,5]}"#)
        try await put(422, "\(target)/order", as: ada, #"{"order":[2,2,77]}"#)
        try await put(403, "\(target)/order", as: alma, #"{"order":[1]}"#)
        try await post(201, target, as: ada, #"{"name":"Mistake"}"#)
        try await delete(400, "\(target)/mistake", as: ada)
        try await delete(403, "\(target)/mistake?moveTo=1", as: alma)
        let job = try await delete(202, "\(target)/mistake?moveTo=general", as: ada)
            .text(of: "id")
        try await wait(for: "/api/threads/jobs/\(job)", as: ada) {
            $0.text.contains(#""state":"done""#)
        }
        try await get(404, "/api/threads/jobs/none", as: ada)
        try await get(403, "/api/threads/jobs/\(job)", as: alma)
        try await delete(404, "\(target)/mistake?moveTo=1", as: ada)
    }
}
