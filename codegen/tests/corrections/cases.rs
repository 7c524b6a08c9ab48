//! Pages with mistakes, and corrections of them that are right and wrong.

pub(super) const BERTH: &str = "# berth resource type\n\nInherits from [place](place.md).\n\n## Properties\n\n\
    |Property|Type|Description|\n|:---|:---|:---|\n|id|String|Key.|\n|lenght|String|Length.|\n\
    |ships|ship|Ships. Possible values are: `big`, `smal`.|\n|twice|String|Once.|\n\n\
    ## Relationships\n\n|Relationship|Type|Description|\n|:---|:---|:---|\n|twice|String|Again.|\n\n\
    ### state values\n\n|Member|Description|\n|:---|:---|\n|free|Free.|\n|takn|Taken.|\n\n\
    ## JSON representation\n\n<!-- { \"blockType\": \"resource\", \"@odata.type\": \"harbour.birth\" } -->\n\
    ```json\n{ \"id\": \"String\" }\n```\n";

pub(super) const CLOSE: &str = "# Close berth\n\n## Permissions\n\n|Permission type|Permissions|\n|:---|:---|\n\
    |Delegated (work or school account)|Not supported.|\n|Application|Berth.Read|\n\n## HTTP request\n\n```http\nPOST /berth/{id}/close\nPOST /old/{id}/close?now=true\n```\n\n\
    ## Request body\n\nDo not supply a request body for this method.\n\n\
    ## Response\n\nIf successful, this method returns `200 OK` and a [ship](../resources/ship.md) object.\n";

pub(super) const TASKS: &str = "# Move ships\n\n## Move a ship\n\n### HTTP request\n\n```http\nPOST /ships/move\n```\n\n\
    ### Request body\n\n|Property|Type|Description|\n|:---|:---|:---|\n|to|String|Berth.|\n\n\
    ## Tow a ship\n\n### HTTP request\n\n```http\nPOST /ships/tow\n```\n\n\
    ### Request body\n\n|Property|Type|Description|\n|:---|:---|:---|\n|to|String|Berth.|\n";

pub(super) const BERTH_PAGE: &str = "resources/berth.md";
pub(super) const CLOSE_PAGE: &str = "api/close.md";
pub(super) const MOVE_PAGE: &str = "api/move.md";

/// Corrections by page and keys that are each applied alone.
pub(super) const GOOD: &[(&str, &str)] = &[
    (BERTH_PAGE, "resource = \"berth\"\nname = \"harbour.berth\""),
    (BERTH_PAGE, "resource = \"birth\"\nbase = \"harbour.spot\""),
    (
        BERTH_PAGE,
        "resource = \"harbour.birth\"\nwas = \"place\"\nbase = \"\"",
    ),
    (BERTH_PAGE, "property = \"lenght\"\nname = \"length\""),
    (
        BERTH_PAGE,
        "property = \"lenght\"\nwas = \"String\"\ntype = \"Int32\"",
    ),
    (
        BERTH_PAGE,
        "property = \"lenght\"\nname = \"length\"\ntype = \"Int32\"",
    ),
    (BERTH_PAGE, "property = \"ships\"\ncollection = true"),
    (BERTH_PAGE, "property = \"ships\"\nnavigation = true"),
    (
        BERTH_PAGE,
        "property = \"ships\"\nwas = \"big, smal\"\nvalues = [\"big\", \"small\"]",
    ),
    (BERTH_PAGE, "property = \"lenght\"\nremove = true"),
    (
        BERTH_PAGE,
        "property = \"depth\"\nof = \"berth\"\nadd = true\ntype = \"Int32\"\ncollection = true",
    ),
    // One of the two rows is right already.
    (
        BERTH_PAGE,
        "property = \"twice\"\nwas = \"property\"\nnavigation = true",
    ),
    (
        BERTH_PAGE,
        "enum = \"state\"\nadd = [\"taken\"]\nremove = [\"takn\"]",
    ),
    (
        BERTH_PAGE,
        "enum = \"#state-values\"\nname = \"berthState\"\nrename = { takn = \"taken\" }",
    ),
    (
        CLOSE_PAGE,
        "request = \"POST /berth/{id}/close\"\nline = \"PATCH /berths/{id}?close=true\"",
    ),
    (
        CLOSE_PAGE,
        "request = \"POST /old/{id}/close?now=true\"\nremove = true",
    ),
    (CLOSE_PAGE, "request = \"POST /new/{id}/close\"\nadd = true"),
    (
        MOVE_PAGE,
        "request = \"POST /ships/drag\"\nof = \"POST /ships/tow\"\nadd = true",
    ),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\nwas = \"ship\"\ntype = \"berth\"\ncollection = true",
    ),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\nnone = true\nstatus = [202, 204]",
    ),
    (
        CLOSE_PAGE,
        "body = \"POST /berth/{id}/close\"\nwas = \"none\"\ntype = \"berth\"",
    ),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nkind = \"application\"\nremove = [\"Berth.Read\"]\nadd = [\"Berth.Write\"]",
    ),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nkind = \"delegated-work\"\nadd = [\"Berth.Write\"]",
    ),
    (
        MOVE_PAGE,
        "property = \"to\"\nof = \"POST /ships/tow\"\ntype = \"berth\"",
    ),
];

/// Corrections by page and keys that are each refused.
pub(super) const BAD: &[(&str, &str)] = &[
    // The page says so already.
    (BERTH_PAGE, "property = \"id\"\ntype = \"String\""),
    (
        BERTH_PAGE,
        "property = \"id\"\nname = \"key\"\ntype = \"String\"",
    ),
    (BERTH_PAGE, "resource = \"berth\"\nbase = \"place\""),
    (BERTH_PAGE, "enum = \"state\"\nadd = [\"free\"]"),
    (BERTH_PAGE, "enum = \"state\"\nrename = { takn = \"free\" }"),
    (
        BERTH_PAGE,
        "property = \"id\"\nof = \"berth\"\nadd = true\ntype = \"String\"",
    ),
    (
        CLOSE_PAGE,
        "request = \"POST /berth/{id}/close\"\nadd = true",
    ),
    (CLOSE_PAGE, "body = \"POST /berth/{id}/close\"\nnone = true"),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nkind = \"application\"\nadd = [\"Berth.Read\"]",
    ),
    (BERTH_PAGE, "resource = \"berth\"\nbase = \"harbour.place\""),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\ntype = \"harbour.ship\"",
    ),
    // The page says something else than it did.
    (
        BERTH_PAGE,
        "property = \"lenght\"\nwas = \"Int64\"\ntype = \"Int32\"",
    ),
    (
        BERTH_PAGE,
        "resource = \"berth\"\nwas = \"\"\nbase = \"harbour.spot\"",
    ),
    (
        BERTH_PAGE,
        "property = \"lenght\"\nwas = \"String\"\nname = \"length\"\ntype = \"Int32\"",
    ),
    // It is not there.
    ("resources/birth.md", "property = \"id\"\nremove = true"),
    (BERTH_PAGE, "resource = \"ship\"\nbase = \"\""),
    (BERTH_PAGE, "property = \"depth\"\nremove = true"),
    (
        BERTH_PAGE,
        "property = \"id\"\nof = \"ship\"\nremove = true",
    ),
    (BERTH_PAGE, "enum = \"states\"\nadd = [\"taken\"]"),
    (BERTH_PAGE, "enum = \"state\"\nremove = [\"taken\"]"),
    (
        CLOSE_PAGE,
        "request = \"GET /berth/{id}/close\"\nremove = true",
    ),
    (
        CLOSE_PAGE,
        "response = \"GET /berth/{id}/close\"\nnone = true",
    ),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nkind = \"application\"\nremove = [\"Berth.Write\"]",
    ),
    // It may mean several.
    (MOVE_PAGE, "property = \"to\"\ntype = \"berth\""),
    (MOVE_PAGE, "request = \"POST /ships/drag\"\nadd = true"),
    // The keys do not go together.
    (BERTH_PAGE, ""),
    (BERTH_PAGE, "property = \"id\""),
    (BERTH_PAGE, "property = \"id\"\nenum = \"state\""),
    (BERTH_PAGE, "property = \"id\"\nline = \"GET /x\""),
    (
        BERTH_PAGE,
        "enum = \"state\"\nof = \"berth\"\nadd = [\"taken\"]",
    ),
    (BERTH_PAGE, "enum = \"state\"\nremove = true"),
    (BERTH_PAGE, "enum = \"state\"\nadd = []"),
    (BERTH_PAGE, "property = \"id\"\nremove = [\"id\"]"),
    (BERTH_PAGE, "property = \"id\"\nremove = false"),
    (
        BERTH_PAGE,
        "property = \"id\"\nremove = true\ntype = \"Int32\"",
    ),
    (
        BERTH_PAGE,
        "property = \"depth\"\nof = \"berth\"\nadd = true",
    ),
    (
        BERTH_PAGE,
        "property = \"depth\"\nof = \"berth\"\nadd = true\ntype = \"Int32\"\nname = \"x\"",
    ),
    (
        CLOSE_PAGE,
        "request = \"POST /x\"\nadd = true\nline = \"POST /y\"",
    ),
    (
        CLOSE_PAGE,
        "request = \"POST /berth/{id}/close\"\nline = \"/berths\"",
    ),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\nnone = true\ntype = \"berth\"",
    ),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\ncollection = true",
    ),
    (
        CLOSE_PAGE,
        "response = \"POST /berth/{id}/close\"\nstatus = [404]",
    ),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nadd = [\"Berth.Write\"]",
    ),
    (
        CLOSE_PAGE,
        "permission = \"POST /berth/{id}/close\"\nkind = \"application\"",
    ),
];
