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
        let characters = instance.attributes.reduce(0) {
            $0 + $1.key.utf8.count + $1.value.utf8.count
        }
        try require(
            characters <= RegistryLimits.attributesCharactersMax,
            "instance '\(instance.id)' has more than 5000 characters in its attributes")
        try checkReserved(instance)
    }

    /// The attributes that clients make an address of.
    private static func checkReserved(_ instance: Instance) throws(RegistryError) {
        if let text = instance.attributes[Instance.hostAttribute] {
            try require(
                isIPv4(text), "attribute 'AWS_INSTANCE_IPV4' must be an address, not '\(text)'")
        }
        if let text = instance.attributes[Instance.portAttribute] {
            try require(
                instance.port != nil && text.utf8.allSatisfy { (0x30...0x39).contains($0) },
                "attribute 'AWS_INSTANCE_PORT' must be a number from 1 to 65535, not '\(text)'")
        }
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
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
