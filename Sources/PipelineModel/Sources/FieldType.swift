/// The type of a field, as ingestion parses it and the warehouse stores it.
public enum FieldType: Hashable, Sendable {
    /// Trimmed text; full-width digits and letters become ASCII.
    case text
    /// A whole number.
    case integer
    /// A number with a fixed count of decimals, held as an integer of the last one, so that sums are exact in any order.
    case decimal(decimals: Int)
    /// A day.
    case date
    /// A day with a time of day; a day alone reads as its midnight.
    case timestamp
    /// Yes or no.
    case flag
    /// One of a closed list of codes.
    case category(CategoryDescription)
    /// A citizen's identity number, checked (GB 11643) and stored only as a keyed hash.
    case identityNumber
}

/// One field of a source: what a contract may map a column to.
public struct SourceField: Hashable, Sendable {
    /// The field's name in contracts, conditions and the warehouse: `cadre_id`.
    public let name: String
    /// Its type.
    public let type: FieldType
    /// Whether a contract must map it.
    public let mandatory: Bool
    /// One line for the documents.
    public let meaning: String

    /// A field of a source.
    public init(_ name: String, _ type: FieldType, mandatory: Bool = false, _ meaning: String) {
        self.name = name
        self.type = type
        self.mandatory = mandatory
        self.meaning = meaning
    }
}

/// The value of one field of one row.
public enum FieldValue: Hashable, Sendable {
    /// Nothing was written, or only blanks.
    case missing
    case text(String)
    case integer(Int64)
    /// In units of the field's last decimal.
    case decimal(Int64)
    case date(CalendarDate)
    case timestamp(Timestamp)
    case flag(Bool)
    /// The code's place in the category's list.
    case category(Int)
}
