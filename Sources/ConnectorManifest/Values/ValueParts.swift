/// The members of a value's declaration as a manifest has them.
///
/// What is nested in it takes no default of the field: the conversion of the whole is applied to what comes of it.
struct ValueParts {
    /// A path when it is empty or begins with `/`, else a template.
    var from: String?
    var firstOf: [ValueExpression] = []
    var constant: ValueResult?
    /// The conversion's name.
    var conversion: String?
    var zone: String?
    var pattern: String?
    var pick: String?
    var table: [String: String]?
    var ignoringCase = false
    var otherwise: ValueExpression?
    /// A length of time that is added.
    var plus: ValueExpression?
    /// The unit of ``plus``; seconds without it.
    var unit: String?
    var when: Condition?
}
