import FoundationEssentials
import Glibc
import PipelineModel

/// One file of an export.
struct InputFile: Hashable, Sendable {
    /// As it can be opened.
    let path: String
    /// Relative to the input folder: what findings, evidence and the manifest show.
    let name: String
    let bytes: Int
}

/// Tonight's files, by contract, and what is missing.
struct InputListing {
    /// One list per contract, in the contracts' order; each in the order of its names.
    private(set) var files: [[InputFile]] = []
    private(set) var findings: [Finding] = []
    /// Whether a required export is not there or cannot be read: the night cannot go on.
    private(set) var isIncomplete = false

    var totalBytes: Int { files.joined().reduce(0) { $0 + $1.bytes } }

    init(contracts: [SourceContract], folder: String, asOf: CalendarDate) {
        guard InputListing.isReadableFolder(folder) else {
            findings = [.missingInput(folder)]
            files = contracts.map { _ in [] }
            isIncomplete = true
            return
        }
        for contract in contracts {
            var usable: [InputFile] = []
            let pattern = contract.pattern.replacing("{asOf}", with: asOf.description)
            let names = InputListing.names(matching: pattern, in: folder)
            for name in names {
                let path = folder + "/" + name
                var status = stat()
                // A pipe or a device cannot be read twice, which the digest and a second look need.
                if stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFREG || access(path, R_OK) != 0 {
                    findings.append(.unreadableFile(name, isDirectory: status.st_mode & S_IFMT == S_IFDIR))
                    isIncomplete = true
                } else {
                    usable.append(InputFile(path: path, name: name, bytes: Int(status.st_size)))
                }
            }
            if names.isEmpty {
                findings.append(.noFile(matching: pattern, for: contract))
                isIncomplete = isIncomplete || contract.required
            }
            files.append(usable)
        }
    }

    private static func isReadableFolder(_ folder: String) -> Bool {
        var status = stat()
        return stat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && access(folder, R_OK | X_OK) == 0
    }

    /// The names below the folder that match a pattern, sorted by their bytes, so that every machine reads in the same order.
    private static func names(matching pattern: String, in folder: String) -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        let escaped = folder.reduce(into: "") { text, character in
            if "*?[]\\".contains(character) { text.append("\\") }
            text.append(character)
        }
        guard glob(escaped + "/" + pattern, 0, nil, &result) == 0 else { return [] }
        var names: [String] = []
        for index in 0..<Int(result.gl_pathc) {
            guard let path = result.gl_pathv[index] else { continue }
            names.append(String(String(cString: path).dropFirst(folder.count + 1)))
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}

extension Finding {
    fileprivate static func missingInput(_ folder: String) -> Finding {
        Finding(
            "MissingInput", .error, at: Location(file: folder), message: "the input folder is not there or cannot be read",
            hint: "check --input, or `input:` in the pipeline, and the folder's permissions")
    }

    fileprivate static func unreadableFile(_ name: String, isDirectory: Bool) -> Finding {
        Finding(
            "UnreadableFile", .error, at: Location(file: name),
            message: isDirectory ? "a folder stands where the export should be" : "the export is there, but cannot be read",
            hint: isDirectory ? "move the folder, and export again" : "give the pipeline's user permission to read it (chmod, chown)")
    }

    fileprivate static func noFile(matching pattern: String, for contract: SourceContract) -> Finding {
        Finding(
            "MissingFile", contract.required ? .error : .warning, at: Location(file: pattern),
            message: "no file matches the pattern of source \(contract.name)"
                + (contract.required ? ", which is required" : "; what rests on it is missing tonight, which is not zero"),
            hint: "check that the export ran, or mend `pattern:` in \(contract.configurationFile)")
    }
}
