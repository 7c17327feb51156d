import Warehouse

/// The rows of a part of the members as blocks, or that an indicator comes twice for one cadre.
typealias PackedPart<Stored: PackedRecord> = Result<[PackedRows<Stored>], WarehouseError>

/// Begins to make the rows of many members into blocks, a part of the members at a time on several threads, in the order of the members.
///
/// - Parameters:
///   - members: How many there are, by cadre number.
///   - rows: The rows of a part, by member: which part, and which members it is. Whatever the number of threads, the same rows share a block.
func packed<Stored: PackedRecord>(
    _ members: Int, threads: Int, _ rows: @escaping @Sendable (_ part: Int, _ members: Range<Int>) -> ArraySlice<Stored>
) -> SideWork<PackedPart<Stored>> {
    let size = Observations.partSize
    return SideWork((members + size - 1) / size, threads: threads) { part in
        let own = part * size..<min(members, (part + 1) * size)
        return Result { () throws(WarehouseError) in try PackedRows.blocks(of: rows(part, own)) }
    }
}
