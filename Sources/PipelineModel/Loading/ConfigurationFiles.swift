import Crypto
import FoundationEssentials

/// Reads a pipeline's files and remembers their bytes for the configuration's hash.
final class ConfigurationFiles {
    private let folder: String
    private let problems: ConfigurationProblems
    private var contents: [String: Data] = [:]

    /// - Parameter folder: The pipeline's folder; names of files are relative to it.
    init(folder: String, problems: ConfigurationProblems) {
        self.folder = folder
        self.problems = problems
    }

    /// A file as a tree; `nil` where it cannot be read, which is reported.
    ///
    /// - Parameters:
    ///   - name: Relative to the pipeline's folder.
    ///   - origin: The place that names the file; the file itself where nothing does.
    func read(_ name: String, namedAt origin: YAMLPlace? = nil) -> YAMLNode? {
        guard let data = bytes(name, namedAt: origin) else { return nil }
        contents[name] = data
        guard let text = String(validating: data, as: UTF8.self) else {
            problems.report(.unreadableFile, at: Finding.Location(file: name), "the file is not UTF-8", hint: "save it as UTF-8")
            return nil
        }
        return YAMLDocument(text: text, file: name, problems: problems).root
    }

    /// The YAML files of a folder, by name; hidden files and those of other kinds are left alone.
    func list(_ name: String, namedAt origin: YAMLPlace) -> [String] {
        guard let isFolder = kind(of: name, namedAt: origin) else { return [] }
        guard isFolder else {
            problems.report(.missingFile, at: origin, value: name, "\(name) is a file, but it must be a folder", hint: "name the folder that the files lie in")
            return []
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path(name)) else {
            problems.report(.unreadableFile, at: origin, value: name, "the folder \(name) cannot be read", hint: "check its permissions")
            return []
        }
        let files = names.filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && !$0.hasPrefix(".") }.sorted()
        if files.isEmpty {
            problems.report(
                .emptyFolder, at: origin, value: name, "there is no YAML file in the folder \(name)", hint: "put one file for each source or scheme into it")
        }
        return files.map { ConfigurationFiles.join(name, $0) }
    }

    /// Checks that a file is there that is not read as configuration.
    func check(_ name: String, namedAt origin: YAMLPlace) { _ = bytes(name, namedAt: origin) }

    /// SHA-256 over name, length and bytes of every file read, in the order of their names; in hexadecimal.
    var hash: String {
        var hasher = SHA256()
        for (name, data) in contents.sorted(by: { $0.key < $1.key }) {
            // A length before each part, so that no two sets of files run together to the same bytes.
            hasher.update(data: Data("\(name.utf8.count):\(name):\(data.count):".utf8))
            hasher.update(data: data)
        }
        return hasher.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    static func join(_ folder: String, _ name: String) -> String {
        if name.hasPrefix("/") || folder.isEmpty || folder == "." { return name }
        return folder.hasSuffix("/") ? folder + name : folder + "/" + name
    }

    private func path(_ name: String) -> String { ConfigurationFiles.join(folder, name) }

    private func bytes(_ name: String, namedAt origin: YAMLPlace?) -> Data? {
        let location = origin?.location ?? Finding.Location(file: name)
        guard let isFolder = kind(of: name, namedAt: origin) else { return nil }
        if isFolder {
            problems.report(.missingFile, at: location, value: name, "\(name) is a folder, but it must be a file", hint: "name the file itself")
            return nil
        }
        if let data = FileManager.default.contents(atPath: path(name)) { return data }
        problems.report(.unreadableFile, at: location, value: name, "\(name) cannot be read", hint: "check its permissions")
        return nil
    }

    /// Whether a path is a folder; `nil`, reported, where nothing is there.
    private func kind(of name: String, namedAt origin: YAMLPlace?) -> Bool? {
        var isFolder = false
        if FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) { return isFolder }
        problems.report(
            .missingFile, at: origin?.location ?? Finding.Location(file: name), value: name, "there is no \(name)",
            hint: origin == nil ? "check the path" : "the path is relative to the folder of the pipeline's file")
        return nil
    }
}
