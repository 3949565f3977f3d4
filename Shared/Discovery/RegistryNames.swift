/// What Cloud Map accepts as a name; anything else would not travel to the real one.
enum RegistryNames {
    static func check(
        _ instance: Instance, service: String, namespace: String
    ) throws(RegistryError) {
        try require(
            isWord(namespace, RegistryLimits.namespaceNameCharactersMax) {
                (0x21...0x7e).contains($0)
            },
            "namespace '\(namespace)' must be 1 to 1024 printable characters")
        try require(
            isServiceName(service),
            "service '\(service)' must be labels of letters, digits, '-' and '_' joined by dots")
        try require(
            isWord(instance.id, RegistryLimits.instanceIDCharactersMax, isInstanceIDByte),
            "instance '\(instance.id)' must be 1 to 64 of letters, digits and _/:.@-")
        try require(
            instance.attributes.count <= RegistryLimits.attributesMax,
            "instance '\(instance.id)' has more than 30 attributes")
        for (key, value) in instance.attributes {
            try require(
                isWord(key, RegistryLimits.attributeKeyCharactersMax) {
                    (0x21...0x7e).contains($0)
                },
                "attribute '\(key)' must be 1 to 255 printable characters without spaces")
            try require(
                isAttributeValue(value),
                "attribute '\(key)' must have at most 1024 printable characters, no outer spaces")
        }
    }

    private static func require(_ holds: Bool, _ reason: String) throws(RegistryError) {
        if !holds { throw .invalid(code: "InvalidInput", reason: reason) }
    }

    private static func isWord(
        _ text: String, _ charactersMax: Int, _ allowed: (UInt8) -> Bool
    ) -> Bool {
        !text.isEmpty && text.utf8.count <= charactersMax && text.utf8.allSatisfy(allowed)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    private static func isInstanceIDByte(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "_/:.@-".utf8.contains(byte)
    }

    private static func isServiceName(_ name: String) -> Bool {
        guard name.utf8.count <= RegistryLimits.serviceNameCharactersMax else { return false }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            let bytes = Array(label.utf8)
            guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else {
                return false
            }
            let underscore = UInt8(ascii: "_")
            return (isAlphanumeric(first) || first == underscore)
                && (isAlphanumeric(last) || last == underscore)
                && bytes.allSatisfy {
                    isAlphanumeric($0) || $0 == underscore || $0 == UInt8(ascii: "-")
                }
        }
    }

    private static func isAttributeValue(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard let first = bytes.first, let last = bytes.last else { return true }
        return bytes.count <= RegistryLimits.attributeValueCharactersMax
            && (0x21...0x7e).contains(first) && (0x21...0x7e).contains(last)
            && bytes.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
    }
}
