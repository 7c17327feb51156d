import Foundation
import Tables
import Testing

/// A published table, read back as a user's program would.
struct PublishedTable {
    let header: [String]
    let rows: [[String]]

    init(_ path: String) throws {
        let reader = try CSVFileReader(path: path, encoding: .utf8WithMark)
        header = try #require(try reader.nextRow())
        var rows: [[String]] = []
        while let row = try reader.nextRow() { rows.append(row) }
        self.rows = rows
    }

    /// The values of a column, in order.
    func column(_ name: String) throws -> [String] {
        let place = try #require(header.firstIndex(of: name), "no column \(name)")
        return rows.map { $0[place] }
    }

    /// Each row as its values by column name.
    var records: [[String: String]] { rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) } }
}

/// The names of the files in a folder, sorted; not of the folders in it.
func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
}

/// The names of the folders in a folder, sorted.
func folders(in folder: String) throws -> [String] {
    let files = Set(try files(in: folder))
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !files.contains($0) }.sorted()
}

/// Every file of a folder, and of the folders in it, with its bytes.
func contents(of folder: String) throws -> [String: Data] {
    var all: [String: Data] = [:]
    for name in try folders(in: folder) {
        for (file, bytes) in try contents(of: folder + "/" + name) { all[name + "/" + file] = bytes }
    }
    for name in try files(in: folder) { all[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)) }
    return all
}

/// The permission bits of a file or folder.
func mode(_ path: String) throws -> Int {
    try #require((try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue)
}

/// The record that starts on a line of an export, as fields.
func record(ofLine line: Int, in path: String, encoding: TextEncoding = .auto) throws -> [String] {
    let reader = try CSVFileReader(path: path, encoding: encoding)
    var found: [String] = []
    try reader.forEachRecord { record in
        if record.line == line { found = record.strings }
        return record.line < line
    }
    return found
}
