// The grammar of Python 3.10 with the rules that recognise mistakes, in the notation of GrammarReader.swift: the text
// that the error pass interprets. The statements are here, the rest in ErrorGrammar+Expressions.swift and
// ErrorGrammar+Patterns.swift.
// Rules: Language Reference, "Full Grammar specification", 3.10; What's New In Python 3.10, "Better error messages".
//
//   rule: alternatives tried in order        rule[memo], rule[left]: CPython remembers it; it is left-recursive
//   'if' NAME rule    keyword or operator, token, rule           "match"   soft keyword
//   x? x* x+ s.x+     optional, repeated, separated by s         &x !x     lookahead          ~   no way back
//   &&':'             must be here, else "expected ':'"          a=x       names a value
//   => Kind a b       the alternative's value is a node          => $a     … or the value of a
//   => !where "text"  the alternative is a mistake: `here` at the last token read, `at a`, `range a b`, `from a` to the
//                     last token, `block` an IndentationError; {a} says what a is, {a.line}, {a.text}
//   => ?action a b    a decision in PEGMachine+Actions.swift      => ^8 "Name" since that minor version
// A value is a node, a token, a list or nothing. An alternative with one value is that value.

extension ErrorGrammar {
    /// Start rules and statements.
    static let statements: StaticString = """
        file: statements? ENDMARKER
        interactive: statement_newline
        eval: expressions NEWLINE* ENDMARKER
        func_type: '(' type_expressions? ')' '->' expression NEWLINE* ENDMARKER
        fstring: star_expressions

        statements: statement+
        statement: compound_stmt | simple_stmts
        statement_newline: compound_stmt NEWLINE | simple_stmts | NEWLINE
        simple_stmts: simple_stmt !';' NEWLINE | ';'.simple_stmt+ ';'? NEWLINE
        simple_stmt[memo]:
            | assignment
            | star_expressions
            | &'return' return_stmt
            | &('import' | 'from') import_stmt
            | &'raise' raise_stmt
            | 'pass'
            | &'del' del_stmt
            | &'yield' yield_stmt
            | &'assert' assert_stmt
            | 'break'
            | 'continue'
            | &'global' global_stmt
            | &'nonlocal' nonlocal_stmt
        compound_stmt:
            | &('def' | '@' | ASYNC) function_def
            | &'if' if_stmt
            | &('class' | '@') class_def
            | &('with' | ASYNC) with_stmt
            | &('for' | ASYNC) for_stmt
            | &'try' try_stmt
            | &'while' while_stmt
            | match_stmt

        assignment:
            | NAME ':' expression ('=' annotated_rhs)? => ^6 "Variable annotation syntax is"
            | ('(' single_target ')' | single_subscript_attribute_target) ':' expression ('=' annotated_rhs)? => ^6 "Variable annotations syntax is"
            | (star_targets '=')+ (yield_expr | star_expressions) !'=' TYPE_COMMENT?
            | single_target augassign ~ (yield_expr | star_expressions)
            | invalid_assignment
        augassign: '+=' | '-=' | '*=' | '@=' => ^5 "The '@' operator is" | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>=' | '**=' | '//='
        annotated_rhs: yield_expr | star_expressions

        global_stmt: 'global' ','.NAME+
        nonlocal_stmt: 'nonlocal' ','.NAME+
        yield_stmt: yield_expr
        assert_stmt: 'assert' expression (',' expression)?
        del_stmt: 'del' del_targets &(';' | NEWLINE) | invalid_del_stmt
        return_stmt: 'return' star_expressions?
        raise_stmt: 'raise' expression ('from' expression)? | 'raise'
        import_stmt: import_name | import_from
        import_name: 'import' dotted_as_names
        import_from:
            | 'from' ('.' | '...')* dotted_name 'import' import_from_targets
            | 'from' ('.' | '...')+ 'import' import_from_targets
        import_from_targets:
            | '(' import_from_as_names ','? ')'
            | import_from_as_names !','
            | '*'
            | invalid_import_from_targets
        import_from_as_names: ','.import_from_as_name+
        import_from_as_name: NAME ('as' NAME)?
        dotted_as_names: ','.dotted_as_name+
        dotted_as_name: dotted_name ('as' NAME)?
        dotted_name[left]: dotted_name '.' NAME | NAME

        if_stmt:
            | invalid_if_stmt
            | 'if' named_expression ':' block elif_stmt
            | 'if' named_expression ':' block else_block?
        elif_stmt:
            | invalid_elif_stmt
            | 'elif' named_expression ':' block elif_stmt
            | 'elif' named_expression ':' block else_block?
        else_block: invalid_else_stmt | 'else' &&':' block
        while_stmt: invalid_while_stmt | 'while' named_expression ':' block else_block?
        for_stmt:
            | invalid_for_stmt
            | 'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block?
            | ASYNC 'for' star_targets 'in' ~ star_expressions ':' TYPE_COMMENT? block else_block? => ^5 "Async for loops are"
            | invalid_for_target
        with_stmt:
            | invalid_with_stmt_indent
            | 'with' '(' ','.with_item+ ','? ')' ':' block => ^9 "Parenthesized context managers are"
            | 'with' ','.with_item+ ':' TYPE_COMMENT? block
            | ASYNC 'with' '(' ','.with_item+ ','? ')' ':' block => ^5 "Async with statements are"
            | ASYNC 'with' ','.with_item+ ':' TYPE_COMMENT? block => ^5 "Async with statements are"
            | invalid_with_stmt
        with_item: expression 'as' star_target &(',' | ')' | ':') | invalid_with_item | expression
        try_stmt:
            | invalid_try_stmt
            | 'try' &&':' block finally_block
            | 'try' &&':' block except_block+ else_block? finally_block?
        except_block:
            | invalid_except_stmt_indent
            | 'except' expression ('as' NAME)? ':' block
            | 'except' ':' block
            | invalid_except_stmt
        finally_block: invalid_finally_stmt | 'finally' &&':' block

        function_def: decorators function_def_raw | function_def_raw
        function_def_raw:
            | invalid_def_raw
            | 'def' NAME '(' params? ')' ('->' expression)? &&':' func_type_comment? block
            | ASYNC 'def' NAME '(' params? ')' ('->' expression)? &&':' func_type_comment? block => ^5 "Async functions are"
        func_type_comment:
            | NEWLINE TYPE_COMMENT &(NEWLINE INDENT)
            | invalid_double_type_comments
            | TYPE_COMMENT
        params: invalid_parameters | parameters
        parameters:
            | slash_no_default param_no_default* param_with_default* star_etc? => ^8 "Positional-only parameters are"
            | slash_with_default param_with_default* star_etc? => ^8 "Positional-only parameters are"
            | param_no_default+ param_with_default* star_etc?
            | param_with_default+ star_etc?
            | star_etc
        slash_no_default: param_no_default+ '/' ',' | param_no_default+ '/' &')'
        slash_with_default:
            | param_no_default* param_with_default+ '/' ','
            | param_no_default* param_with_default+ '/' &')'
        star_etc:
            | '*' param_no_default param_maybe_default* kwds?
            | '*' ',' param_maybe_default+ kwds?
            | kwds
            | invalid_star_etc
        kwds: '**' param_no_default
        param_no_default: a=param ',' TYPE_COMMENT? => $a | a=param TYPE_COMMENT? &')' => $a
        param_with_default: param default ',' TYPE_COMMENT? | param default TYPE_COMMENT? &')'
        param_maybe_default: param default? ',' TYPE_COMMENT? | param default? TYPE_COMMENT? &')'
        param: NAME annotation? => Other
        annotation: ':' expression
        default: '=' expression
        decorators: ('@' named_expression NEWLINE)+

        class_def: decorators class_def_raw | class_def_raw
        class_def_raw: invalid_class_def_raw | 'class' NAME ('(' arguments? ')')? ':' block
        block[memo]: NEWLINE INDENT statements DEDENT | simple_stmts | invalid_block

        star_targets: star_target !',' | star_target (',' star_target)* ','?
        star_targets_list_seq: ','.star_target+ ','?
        star_targets_tuple_seq: star_target (',' star_target)+ ','? | star_target ','
        star_target[memo]: '*' (!'*' star_target) | target_with_star_atom
        target_with_star_atom[memo]:
            | t_primary '.' NAME !t_lookahead
            | t_primary '[' slices ']' !t_lookahead
            | star_atom
        star_atom:
            | NAME
            | '(' target_with_star_atom ')'
            | '(' star_targets_tuple_seq? ')'
            | '[' star_targets_list_seq? ']'
        single_target: single_subscript_attribute_target | NAME | '(' single_target ')'
        single_subscript_attribute_target:
            | t_primary '.' NAME !t_lookahead
            | t_primary '[' slices ']' !t_lookahead
        del_targets: ','.del_target+ ','?
        del_target[memo]:
            | t_primary '.' NAME !t_lookahead
            | t_primary '[' slices ']' !t_lookahead
            | del_t_atom
        del_t_atom: NAME | '(' del_target ')' | '(' del_targets? ')' | '[' del_targets? ']'
        t_primary[left]:
            | t_primary '.' NAME &t_lookahead
            | t_primary '[' slices ']' &t_lookahead
            | t_primary genexp &t_lookahead
            | t_primary '(' arguments? ')' &t_lookahead
            | atom &t_lookahead
        t_lookahead: '(' | '[' | '.'
        """

    /// Mistakes in statements.
    static let invalidStatements: StaticString = """
        invalid_assignment:
            | a=invalid_ann_assign_target ':' expression => !at a "only single target (not {a}) can be annotated"
            | a=star_named_expression ',' star_named_expressions* ':' expression => !at a "only single target (not tuple) can be annotated"
            | a=expression ':' expression => !at a "illegal target for annotation"
            | (star_targets '=')* a=star_expressions '=' => ?assignmentTarget a
            | (star_targets '=')* a=yield_expr '=' => !at a "assignment to yield expression not possible"
            | a=star_expressions augassign (yield_expr | star_expressions) => !at a "'{a}' is an illegal expression for augmented assignment"
        invalid_ann_assign_target: list | tuple | '(' a=invalid_ann_assign_target ')' => $a
        invalid_del_stmt: 'del' a=star_expressions => ?deleteTarget a
        invalid_block: NEWLINE !INDENT => !block "expected an indented block"
        invalid_import_from_targets: import_from_as_names ',' NEWLINE => !here "trailing comma not allowed without surrounding parentheses"
        invalid_if_stmt:
            | 'if' named_expression NEWLINE => !here "expected ':'"
            | a='if' named_expression ':' NEWLINE !INDENT => !block "expected an indented block after 'if' statement on line {a.line}"
        invalid_elif_stmt:
            | 'elif' named_expression NEWLINE => !here "expected ':'"
            | a='elif' named_expression ':' NEWLINE !INDENT => !block "expected an indented block after 'elif' statement on line {a.line}"
        invalid_else_stmt: a='else' ':' NEWLINE !INDENT => !block "expected an indented block after 'else' statement on line {a.line}"
        invalid_while_stmt:
            | 'while' named_expression NEWLINE => !here "expected ':'"
            | a='while' named_expression ':' NEWLINE !INDENT => !block "expected an indented block after 'while' statement on line {a.line}"
        invalid_for_stmt:
            | ASYNC? 'for' star_targets 'in' star_expressions NEWLINE => !here "expected ':'"
            | ASYNC? a='for' star_targets 'in' star_expressions ':' NEWLINE !INDENT => !block "expected an indented block after 'for' statement on line {a.line}"
        invalid_for_target: ASYNC? 'for' a=star_expressions => ?loopTarget a
        invalid_with_item: expression 'as' a=expression &(',' | ')' | ':') => ?assignmentTarget a
        invalid_with_stmt:
            | ASYNC? 'with' ','.(expression ('as' star_target)?)+ NEWLINE => !here "expected ':'"
            | ASYNC? 'with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' NEWLINE => !here "expected ':'"
        invalid_with_stmt_indent:
            | ASYNC? a='with' ','.(expression ('as' star_target)?)+ ':' NEWLINE !INDENT => !block "expected an indented block after 'with' statement on line {a.line}"
            | ASYNC? a='with' '(' ','.(expressions ('as' star_target)?)+ ','? ')' ':' NEWLINE !INDENT => !block "expected an indented block after 'with' statement on line {a.line}"
        invalid_try_stmt:
            | a='try' ':' NEWLINE !INDENT => !block "expected an indented block after 'try' statement on line {a.line}"
            | 'try' ':' block !('except' | 'finally') => !here "expected 'except' or 'finally' block"
        invalid_except_stmt:
            | 'except' a=expression ',' expressions ('as' NAME)? ':' => !from a "multiple exception types must be parenthesized"
            | 'except' expression ('as' NAME)? NEWLINE => !here "expected ':'"
            | 'except' NEWLINE => !here "expected ':'"
        invalid_except_stmt_indent:
            | a='except' expression ('as' NAME)? ':' NEWLINE !INDENT => !block "expected an indented block after 'except' statement on line {a.line}"
            | a='except' ':' NEWLINE !INDENT => !block "expected an indented block after 'except' statement on line {a.line}"
        invalid_finally_stmt: a='finally' ':' NEWLINE !INDENT => !block "expected an indented block after 'finally' statement on line {a.line}"
        invalid_def_raw: ASYNC? a='def' NAME '(' params? ')' ('->' expression)? ':' NEWLINE !INDENT => !block "expected an indented block after function definition on line {a.line}"
        invalid_class_def_raw:
            | 'class' NAME ('(' arguments? ')')? NEWLINE => !here "expected ':'"
            | a='class' NAME ('(' arguments? ')')? ':' NEWLINE !INDENT => !block "expected an indented block after class definition on line {a.line}"
        invalid_double_type_comments: TYPE_COMMENT NEWLINE TYPE_COMMENT NEWLINE INDENT => !here "Cannot have two type comments on def"
        invalid_parameters: param_no_default* invalid_parameters_helper a=param_no_default => !at a "non-default argument follows default argument"
        invalid_parameters_helper: slash_with_default | param_with_default+
        invalid_star_etc:
            | a='*' (')' | ',' (')' | '**')) => !at a "named arguments must follow bare *"
            | '*' ',' TYPE_COMMENT => !here "bare * has associated type comment"
        """
}
