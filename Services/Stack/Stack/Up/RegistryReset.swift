import Bytes
import Discovery
import Glibc

/// Makes the registry of a data folder fit for a start: there is one, and nobody in it is dead.
enum RegistryReset {
    /// Entries whose process is gone are what a killed forum left behind; entries made by hand stay.
    static func run(_ folder: DataFolder) throws {
        let file = RegistryFile(folder.registryFile)
        if try file.read() == .missing {
            try DataFolder.write("{ \"Revision\": 0 }\n", to: folder.registryFile, mode: 0o600)
        }
        try file.update { registry in
            for (namespace, space) in registry.namespaces {
                for (service, content) in space.services {
                    for instance in content.instances.values where isDead(instance) {
                        _ = registry.deregister(instance.id, from: service, in: namespace)
                    }
                }
            }
        }
    }

    private static func isDead(_ instance: Instance) -> Bool {
        let pid = instance.attributes["pid"].flatMap(pid_t.init) ?? 0
        return pid > 0 && kill(pid, 0) != 0 && errno == ESRCH
    }
}
