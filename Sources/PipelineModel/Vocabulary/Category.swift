/// A closed list of codes that an export's words are mapped to.
///
/// The raw values are what the warehouse and the output tables show; `chinese` is the word an export is expected to use, and what officials read.
public protocol Category: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String, AllCases == [Self] {
    /// The word in the exports and in what officials read.
    var chinese: String { get }
}

extension Category {
    /// By the case's own byte: what Swift does for an enum of strings makes the string and hashes that, and tables by kind are asked by the million.
    public func hash(into hasher: inout Hasher) { withUnsafeBytes(of: self) { hasher.combine(bytes: $0) } }
}

/// A category without its static type: its codes and words, in declaration order.
public struct CategoryDescription: Hashable, Sendable {
    /// The Swift type's name, for messages.
    public let name: String
    /// Our codes: `substantiated`, …
    public let codes: [String]
    /// The exports' words, in the same order: `属实`, …
    public let chinese: [String]

    /// Describes a category type.
    public init<C: Category>(_ type: C.Type) {
        self.name = String(describing: type)
        self.codes = type.allCases.map(\.rawValue)
        self.chinese = type.allCases.map(\.chinese)
    }

    /// The place of a code among the codes; `nil` where it is not one.
    public func index(ofCode code: String) -> Int? { codes.firstIndex(of: code) }
}
