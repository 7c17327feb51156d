/// Numbers as the reasons of a flag show them: rounded, half away from zero, with a real minus sign left to the spreadsheets' `-`.
enum NumberText {
    /// A number with at most so many decimals, without zeros at the end: 0.3, 12, -1.25.
    static func show(_ number: Double, decimals: Int = 2) -> String {
        guard number.isFinite else { return "?" }
        let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
        let scaled = (number.magnitude * scale).rounded()
        guard scaled < 1e15 else { return "\(number)" }
        let units = Int(scaled)
        var text = "\(units / Int(scale))"
        var fraction = String(units % Int(scale))
        if decimals > 0 {
            fraction = String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
            while fraction.last == "0" { fraction.removeLast() }
            if !fraction.isEmpty { text += "." + fraction }
        }
        return number < 0 && units > 0 ? "-" + text : text
    }
}
