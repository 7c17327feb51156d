import PipelineModel
import Tables

/// What there is to say about how a file is written.
struct EncodingFindings {
    let contract: SourceContract
    let file: String

    /// After the file has been read to its end.
    func findings(hadMark: Bool, endsWithLineBreak: Bool, rows: Int) -> [Finding] {
        var findings: [Finding] = []
        if contract.encoding == .utf8, hadMark {
            findings.append(
                Finding(
                    "ByteOrderMark", .note, at: .init(file: file, line: 1), message: "the file starts with a byte-order mark; it was stripped",
                    hint: "declare `encoding: utf-8-bom` or `auto` in \(contract.configurationFile)"))
        }
        if contract.encoding == .utf8WithMark, !hadMark {
            findings.append(
                Finding(
                    "NoByteOrderMark", .note, at: .init(file: file, line: 1), message: "the file lacks the byte-order mark that its contract names",
                    hint: "declare `encoding: utf-8` or `auto` in \(contract.configurationFile)"))
        }
        if rows > 0, !endsWithLineBreak {
            findings.append(
                Finding(
                    "NoFinalLineBreak", .note, at: .init(file: file), message: "the last row has no line break; its last field may have been cut",
                    hint: nil))
        }
        return findings
    }

    /// When the header did not fit: whether it would, read in the encoding that the file's own bytes speak for.
    func wrongEncoding(path: String) -> Finding? {
        guard contract.encoding != .auto,
            let other = try? CSVFileReader(path: path, encoding: .auto, dialect: CSVDialect(delimiter: contract.delimiter)),
            other.resolvedEncoding != contract.encoding.forReading, let header = try? other.nextRow(),
            ColumnPlan.bind(header: header, contract: contract, file: file).plan != nil
        else { return nil }
        let found = other.resolvedEncoding == .gb18030 ? TextEncodingName.gb18030 : .utf8
        return Finding(
            "WrongEncoding", .error, at: .init(file: file, line: 1),
            message: "the contract says \(contract.encoding.rawValue), but the header reads as \(found.rawValue)",
            hint: "write `encoding: \(found.rawValue)` or `auto` in \(contract.configurationFile)")
    }

    /// When a file was read as GB18030: whether it has lines that are UTF-8, which would then have been read as other characters.
    ///
    /// Nothing in the bytes of GB18030 forbids it, so that such lines pass every other check.
    func strayUTF8(path: String, declared: TextEncodingName) -> Finding? {
        guard let evidence = EncodingEvidence(path: path), let first = evidence.firstLineOfUTF8 else { return nil }
        if evidence.linesOfOther == 0 {
            return Finding(
                "WrongEncoding", .error, at: .init(file: file, line: first),
                message: "the contract says \(declared.rawValue), but all \(evidence.linesOfUTF8) lines that could tell are utf-8",
                hint: "write `encoding: utf-8` or `auto` in \(contract.configurationFile)")
        }
        return Finding(
            "MixedEncodings", .error, at: .init(file: file, line: first),
            message: "\(evidence.linesOfUTF8) lines are utf-8, the first of them line \(first), and \(evidence.linesOfOther) are gb18030",
            hint: "files of two encodings were put one behind the other: deliver them side by side, or export again in one encoding")
    }
}
