"""One small system of four activities, written in the formats of other tools.

Power in Guizhou takes coal, coal takes power, lime in China takes both and leaves a waste, and a
treatment takes that in. Ids, names and amounts are the same in every format.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import bw_processing
import numpy as np
import olca_schema as olca
import xlsxwriter


@dataclass(frozen=True, kw_only=True)
class Taken:
    what: str
    amount: float
    gsd2: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Process:
    key: str
    name: str
    product: str
    location: str
    unit: str
    amount: float
    takes: tuple[Taken, ...] = ()
    emits: tuple[Taken, ...] = ()
    also: Mapping[str, float] = field(default_factory=dict)


POWER = Process(
    key="11111111-0000-0000-0000-000000000001", name="power plant, coal", product="electricity",
    location="CN-GZ", unit="kWh", amount=1.0,
    takes=(Taken(what="coal", amount=0.3, gsd2=1.21),),
    emits=(Taken(what="Carbon dioxide, fossil", amount=0.6, gsd2=1.44),),
)  # fmt: skip
COAL = Process(
    key="11111111-0000-0000-0000-000000000002", name="coal mine", product="coal",
    location="GLO", unit="kg", amount=1.0,
    takes=(Taken(what="electricity", amount=0.02),),
    emits=(Taken(what="Methane, fossil", amount=0.005),),
)  # fmt: skip
LIME = Process(
    key="11111111-0000-0000-0000-000000000003", name="lime kiln", product="quicklime",
    location="CN", unit="kg", amount=1000.0,
    takes=(
        Taken(what="coal", amount=150.0),
        Taken(what="electricity", amount=90.0),
        Taken(what="lime waste", amount=-50.0),
    ),
    emits=(Taken(what="Carbon dioxide, fossil", amount=780.0),),
)  # fmt: skip
DUMP = Process(
    key="11111111-0000-0000-0000-000000000004", name="treatment of lime waste",
    product="lime waste", location="GLO", unit="kg", amount=-1.0,
    takes=(Taken(what="electricity", amount=0.01),),
    emits=(
        Taken(what="Carbon dioxide, fossil", amount=0.02),
        Taken(what="Dinitrogen monoxide", amount=1e-5),
    ),
)  # fmt: skip
SYSTEM = (POWER, COAL, LIME, DUMP)
FLOWS = {
    "Carbon dioxide, fossil": ("22222222-0000-0000-0000-000000000001", "124-38-9", 1.0),
    "Methane, fossil": ("22222222-0000-0000-0000-000000000002", "74-82-8", 29.8),
    "Dinitrogen monoxide": ("22222222-0000-0000-0000-000000000003", "10024-97-2", 273.0),
}


def product_id(product: str) -> str:
    at = [process.product for process in SYSTEM].index(product)
    return f"33333333-0000-0000-0000-00000000000{at + 1}"


def maker(product: str) -> Process:
    return next(process for process in SYSTEM if process.product == product)


def package() -> bw_processing.Datapackage:
    """The system as arrays, waste treatment with -1 on the diagonal, with its characterisation."""
    made = bw_processing.create_datapackage()
    return _filled(made)


def _filled(made: bw_processing.Datapackage) -> bw_processing.Datapackage:
    at = {process.product: number for number, process in enumerate(SYSTEM, start=1)}
    flow = {name: number for number, name in enumerate(FLOWS, start=101)}
    technosphere = [(at[p.product], at[p.product], p.amount, False) for p in SYSTEM]
    technosphere += [
        (at[taken.what], at[p.product], taken.amount, True) for p in SYSTEM for taken in p.takes
    ]
    biosphere = [(flow[e.what], at[p.product], e.amount, False) for p in SYSTEM for e in p.emits]
    factors = [(flow[name], flow[name], FLOWS[name][2], False) for name in FLOWS]
    for name, matrix, entries in (
        ("technosphere", "technosphere_matrix", technosphere),
        ("biosphere", "biosphere_matrix", biosphere),
        ("ipcc gwp100", "characterization_matrix", factors),
    ):
        made.add_persistent_vector(
            matrix=matrix,
            name=name,
            indices_array=np.array([entry[:2] for entry in entries], bw_processing.INDICES_DTYPE),
            data_array=np.array([entry[2] for entry in entries]),
            flip_array=np.array([entry[3] for entry in entries]),
        )
    return made


def datapackage(path: Path) -> Path:
    """Write with bw_processing, with labels as a table."""
    import pandas as pd
    from fsspec.implementations.zip import ZipFileSystem

    made = bw_processing.create_datapackage(fs=ZipFileSystem(str(path), mode="w"), name="toy")
    _filled(made)
    rows = [(n, p.name, p.product, p.location, p.unit) for n, p in enumerate(SYSTEM, start=1)] + [
        (n, name, "", "", "kg") for n, name in enumerate(FLOWS, start=101)
    ]
    table = pd.DataFrame(rows, columns=["id", "name", "reference product", "location", "unit"])
    made.add_csv_metadata(
        dataframe=table, valid_for=[("technosphere", "rows"), ("biosphere", "rows")], name="labels"
    )
    made.finalize_serialization()
    return path


def sheet_rows(database: str = "toy") -> list[list[object]]:
    rows: list[list[object]] = [["Database", database], []]
    for process in SYSTEM:
        rows += [
            ["Activity", process.name],
            ["code", process.key],
            ["location", process.location],
            ["reference product", process.product],
            ["unit", "kilogram" if process.unit == "kg" else "kilowatt hour"],
            ["Exchanges"],
            ["name", "amount", "location", "unit", "categories", "type", "uncertainty type",
             "loc", "scale", "formula"],
            [process.name, process.amount, process.location, "", "", "production"],
        ]  # fmt: skip
        for taken in process.takes:
            source = maker(taken.what)
            wide = [2, np.log(abs(taken.amount)), np.log(taken.gsd2) / 2] if taken.gsd2 else []
            unit = "kilogram" if source.unit == "kg" else "kilowatt hour"
            rows.append(
                [source.name, taken.amount, source.location, unit, "", "technosphere", *wide]
            )
        for one in process.emits:
            wide = [2, np.log(one.amount), np.log(one.gsd2) / 2] if one.gsd2 else []
            rows.append([one.what, one.amount, "", "kilogram", "air::urban", "biosphere", *wide])
        rows.append([])
    return rows


def sheet_csv(path: Path) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(sheet_rows())
    return path


def sheet_excel(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("toy")
        for at, cells in enumerate(sheet_rows()):
            page.write_row(at, 0, cells)
    return path


def ecospold2_texts(system: tuple[Process, ...] = SYSTEM) -> dict[str, str]:
    return {f"{p.key}_{product_id(p.product)}.spold": _ecospold2(p) for p in system}


def _ecospold2(process: Process) -> str:
    def wide(gsd2: float) -> str:
        variance = (np.log(gsd2) / 2) ** 2 if gsd2 else 0.0
        inner = (
            f'<lognormal meanValue="1" mu="0" variance="{variance}" '
            f'varianceWithPedigreeUncertainty="{variance}"/>'
        )
        return f"<uncertainty>{inner}</uncertainty>" if gsd2 else ""

    inputs = "".join(
        f'<intermediateExchange id="x{n}" amount="{taken.amount!r}" '
        f'intermediateExchangeId="{product_id(taken.what)}" '
        f'activityLinkId="{maker(taken.what).key}"><name xml:lang="en">{taken.what}</name>'
        f"<unitName>{maker(taken.what).unit}</unitName>{wide(taken.gsd2)}"
        "<inputGroup>5</inputGroup></intermediateExchange>"
        for n, taken in enumerate(process.takes)
    )
    emissions = "".join(
        f'<elementaryExchange id="e{n}" amount="{one.amount!r}" casNumber="{FLOWS[one.what][1]}" '
        f'elementaryExchangeId="{FLOWS[one.what][0]}"><name xml:lang="en">{one.what}</name>'
        f"<unitName>kg</unitName>{wide(one.gsd2)}<compartment><compartment>air</compartment>"
        "<subcompartment>unspecified</subcompartment></compartment>"
        "<outputGroup>4</outputGroup></elementaryExchange>"
        for n, one in enumerate(process.emits)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold02"><activityDataset>'
        f'<activityDescription><activity id="{process.key}" type="1">'
        f'<activityName xml:lang="en">{process.name}</activityName></activity>'
        f'<geography><shortname xml:lang="en">{process.location}</shortname></geography>'
        '<timePeriod startDate="2015-01-01" endDate="2020-12-31"/></activityDescription><flowData>'
        f'<intermediateExchange id="ref" amount="{process.amount!r}" '
        f'intermediateExchangeId="{product_id(process.product)}">'
        f'<name xml:lang="en">{process.product}</name><unitName>{process.unit}</unitName>'
        "<outputGroup>0</outputGroup></intermediateExchange>"
        f"{inputs}{emissions}</flowData></activityDataset></ecoSpold>"
    )


def ecospold2(path: Path) -> Path:
    return zipped(path, {f"datasets/{name}": text for name, text in ecospold2_texts().items()})


def ecospold1_text(allocated: str = "") -> str:
    datasets = []
    for number, process in enumerate(SYSTEM, start=1):
        rows = [
            f'<exchange number="{number}" name="{process.product}" location="{process.location}" '
            f'unit="{process.unit}" meanValue="{process.amount!r}">'
            "<outputGroup>0</outputGroup></exchange>"
        ]
        for taken in process.takes:
            source = maker(taken.what)
            at = SYSTEM.index(source) + 1
            group = "<inputGroup>5</inputGroup>"
            amount = taken.amount
            if amount < 0:
                group, amount = "<outputGroup>3</outputGroup>", -amount
            wide = f'uncertaintyType="1" standardDeviation95="{taken.gsd2}"' if taken.gsd2 else ""
            rows.append(
                f'<exchange number="{at}" name="{source.product}" location="{source.location}" '
                f'unit="{source.unit}" meanValue="{amount!r}" {wide}>{group}</exchange>'
            )
        for n, one in enumerate(process.emits, start=100):
            wide = f'uncertaintyType="1" standardDeviation95="{one.gsd2}"' if one.gsd2 else ""
            rows.append(
                f'<exchange number="{n}" name="{one.what}" category="air" '
                f'subCategory="unspecified" CASNumber="000{FLOWS[one.what][1]}" unit="kg" '
                f'meanValue="{one.amount!r}" {wide}><outputGroup>4</outputGroup></exchange>'
            )
        datasets.append(
            f'<dataset number="{number}"><metaInformation><processInformation>'
            f'<referenceFunction name="{process.name}" unit="{process.unit}"/>'
            f'<geography location="{process.location}"/>'
            "<timePeriod><endYear>2020</endYear></timePeriod></processInformation>"
            f"</metaInformation><flowData>{''.join(rows)}</flowData></dataset>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<ecoSpold xmlns="http://www.EcoInvent.org/EcoSpold01">'
        f"{''.join(datasets)}{allocated}</ecoSpold>"
    )


def ecospold1(path: Path) -> Path:
    path.write_text(ecospold1_text(), encoding="utf-8")
    return path


SIMAPRO_HEADER = """{SimaPro 9.5}
{processes}
{Date: 2026-01-01}
{Project: toy}
{CSV Format version: 9.0.0}
{CSV separator: Semicolon}
{Decimal separator: ,}
{Date separator: -}
{Short date format: yyyy-MM-dd}

"""


def simapro_text(more: str = "") -> str:
    def number(value: float) -> str:
        return repr(value).replace(".", ",")

    blocks = []
    for process in SYSTEM:
        treats = process.amount < 0
        section = "Waste treatment" if treats else "Products"
        allocation = "All waste types" if treats else "100;not defined"
        lines = ["Process", "", "Category type", "waste treatment" if treats else "material", ""]
        lines += ["Process identifier", process.key, "", "Process name", process.name, ""]
        lines += ["Geography", process.location, "", section]
        amount = number(abs(process.amount))
        lines += [f"{process.product};{process.unit};{amount};{allocation};toy\\x;", ""]
        waste = [taken for taken in process.takes if taken.amount < 0]
        lines += ["Materials/fuels"]
        lines += [
            f"{taken.what};{maker(taken.what).unit};{number(taken.amount)};"
            + (f"Lognormal;{number(taken.gsd2)};0;0;" if taken.gsd2 else "Undefined;0;0;0;")
            for taken in process.takes
            if taken.amount > 0
        ]
        lines += ["", "Emissions to air"]
        lines += [
            f"{one.what};high. pop.;kg;{number(one.amount)};"
            + (f"Lognormal;{number(one.gsd2)};0;0;" if one.gsd2 else "Undefined;0;0;0;")
            for one in process.emits
        ]
        lines += ["", "Waste to treatment"]
        lines += [f"{one.what};kg;{number(-one.amount)};Undefined;0;0;0;" for one in waste]
        blocks.append("\n".join([*lines, "", "End", ""]))
    substances = "\n".join(f"{name};kg;{cas};" for name, (_, cas, _) in FLOWS.items())
    return (
        f"{SIMAPRO_HEADER}{chr(10).join(blocks)}{more}\nAirborne emissions\n{substances}\n\nEnd\n"
    )


def simapro(path: Path) -> Path:
    path.write_text(simapro_text(), encoding="cp1252", newline="\r\n")
    return path


def openlca(path: Path, allocate: Callable[[olca.Process], None] | None = None) -> Path:
    """Write with olca-schema, the reference library of the format."""
    import olca_schema.zipio as zipio

    group = olca.new_unit_group("Units of mass", "kg")
    mass = olca.new_flow_property("Mass", group)
    energies = olca.new_unit_group("Units of energy", "MJ")
    kwh = olca.Unit(id="kwh", name="kWh", conversion_factor=3.6, is_ref_unit=False)
    energies.units.append(kwh)
    energy = olca.new_flow_property("Energy", energies)
    properties = {"kg": (mass, group.units[0]), "kWh": (energy, kwh)}
    products = {}
    for process in SYSTEM:
        make = olca.new_waste if process.amount < 0 else olca.new_product
        products[process.product] = make(process.product, properties[process.unit][0])
        products[process.product].id = product_id(process.product)
    emissions = {}
    for name, (key, cas, _) in FLOWS.items():
        emissions[name] = olca.new_elementary_flow(name, mass)
        emissions[name].id, emissions[name].cas = key, cas
        emissions[name].category = "Elementary flows/Emission to air/unspecified"
    places = {p.location: olca.new_location(p.location, p.location) for p in SYSTEM}
    made = {}
    for process in SYSTEM:
        one = olca.new_process(process.name)
        one.id, one.location = process.key, places[process.location].to_ref()
        made[process.product] = one
    for process in SYSTEM:
        one = made[process.product]
        _, unit = properties[process.unit]
        give = olca.new_input if process.amount < 0 else olca.new_output
        reference = give(one, products[process.product], abs(process.amount), unit)
        reference.is_quantitative_reference = True
        for taken in process.takes:
            add = olca.new_output if taken.amount < 0 else olca.new_input
            entry = add(
                one, products[taken.what], abs(taken.amount), properties[maker(taken.what).unit][1]
            )
            entry.default_provider = made[taken.what].to_ref()
            _spread(entry, taken)
        for taken in process.emits:
            entry = olca.new_output(one, emissions[taken.what], taken.amount, group.units[0])
            _spread(entry, taken)
        if allocate is not None:
            allocate(one)
    with zipio.ZipWriter(str(path)) as writer:
        for thing in (group, energies, mass, energy, *products.values(), *emissions.values()):
            writer.write(thing)
        for thing in (*places.values(), *made.values()):
            writer.write(thing)
    return path


def _spread(entry: olca.Exchange, taken: Taken) -> None:
    if taken.gsd2:
        entry.uncertainty = olca.Uncertainty(
            distribution_type=olca.UncertaintyType.LOG_NORMAL_DISTRIBUTION,
            geom_mean=abs(taken.amount),
            geom_sd=float(np.sqrt(taken.gsd2)),
        )


ILCD = 'xmlns:common="http://lca.jrc.it/ILCD/Common"'
MASS, ENERGY = "93a60a56-a3c8-11da-a746-0800200b9a66", "99999999-0000-0000-0000-000000000001"


def ilcd_texts() -> dict[str, str]:
    texts = {}
    for process in SYSTEM:
        kind = "Waste flow" if process.amount < 0 else "Product flow"
        key = product_id(process.product)
        texts[f"ILCD/flows/{key}.xml"] = _ilcd_flow(
            key, process.product, kind, MASS if process.unit == "kg" else ENERGY, "", ""
        )
        texts[f"ILCD/processes/{process.key}.xml"] = _ilcd_process(process)
    for name, (key, cas, _) in FLOWS.items():
        place = "".join(
            f'<common:category level="{level}">{text}</common:category>'
            for level, text in enumerate(("Emissions", "Emissions to air"))
        )
        texts[f"ILCD/flows/{key}.xml"] = _ilcd_flow(key, name, "Elementary flow", MASS, cas, place)
    texts[f"ILCD/flowproperties/{ENERGY}.xml"] = (
        f'<flowPropertyDataSet xmlns="http://lca.jrc.it/ILCD/FlowProperty" {ILCD}>'
        f"<flowPropertiesInformation><dataSetInformation><common:UUID>{ENERGY}</common:UUID>"
        "</dataSetInformation><quantitativeReference>"
        '<referenceToReferenceUnitGroup refObjectId="group"/></quantitativeReference>'
        "</flowPropertiesInformation></flowPropertyDataSet>"
    )
    texts["ILCD/unitgroups/group.xml"] = (
        f'<unitGroupDataSet xmlns="http://lca.jrc.it/ILCD/UnitGroup" {ILCD}><unitGroupInformation>'
        "<dataSetInformation><common:UUID>group</common:UUID></dataSetInformation>"
        "<quantitativeReference><referenceToReferenceUnit>0</referenceToReferenceUnit>"
        '</quantitativeReference></unitGroupInformation><units><unit dataSetInternalID="0">'
        "<name>kWh</name><meanValue>1.0</meanValue></unit></units></unitGroupDataSet>"
    )
    return texts


def _ilcd_flow(key: str, name: str, kind: str, measure: str, cas: str, place: str) -> str:
    return (
        f'<flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" {ILCD}><flowInformation>'
        f"<dataSetInformation><common:UUID>{key}</common:UUID><name>"
        f'<baseName xml:lang="en">{name}</baseName></name><classificationInformation>'
        f"<common:elementaryFlowCategorization>{place}</common:elementaryFlowCategorization>"
        f"</classificationInformation><CASNumber>{cas}</CASNumber></dataSetInformation>"
        "<quantitativeReference><referenceToReferenceFlowProperty>0"
        "</referenceToReferenceFlowProperty></quantitativeReference></flowInformation>"
        f"<modellingAndValidation><LCIMethod><typeOfDataSet>{kind}</typeOfDataSet></LCIMethod>"
        '</modellingAndValidation><flowProperties><flowProperty dataSetInternalID="0">'
        f'<referenceToFlowPropertyDataSet refObjectId="{measure}"/><meanValue>1.0</meanValue>'
        "</flowProperty></flowProperties></flowDataSet>"
    )


def _ilcd_process(process: Process) -> str:
    def row(number: int, flow: str, name: str, taken: Taken, direction: str) -> str:
        wide = (
            "<uncertaintyDistributionType>log-normal</uncertaintyDistributionType>"
            f"<relativeStandardDeviation95In>{taken.gsd2}</relativeStandardDeviation95In>"
        )
        return (
            f'<exchange dataSetInternalID="{number}"><referenceToFlowDataSet refObjectId="{flow}">'
            f'<common:shortDescription xml:lang="en">{name}</common:shortDescription>'
            f"</referenceToFlowDataSet><exchangeDirection>{direction}</exchangeDirection>"
            f"<meanAmount>{abs(taken.amount)!r}</meanAmount>"
            f"<resultingAmount>{abs(taken.amount)!r}</resultingAmount>"
            f"{wide if taken.gsd2 else ''}</exchange>"
        )

    own = Taken(what=process.product, amount=process.amount)
    rows = [
        row(
            *(0, product_id(process.product), process.product, own),
            "Input" if process.amount < 0 else "Output",
        )
    ]
    for taken in process.takes:
        direction = "Output" if taken.amount < 0 else "Input"
        rows.append(row(len(rows), product_id(taken.what), taken.what, taken, direction))
    for one in process.emits:
        rows.append(row(len(rows), FLOWS[one.what][0], one.what, one, "Output"))
    return (
        f'<processDataSet version="1.1" xmlns="http://lca.jrc.it/ILCD/Process" {ILCD}>'
        f"<processInformation><dataSetInformation><common:UUID>{process.key}</common:UUID><name>"
        f'<baseName xml:lang="en">{process.name}</baseName></name></dataSetInformation>'
        '<quantitativeReference type="Reference flow(s)"><referenceToReferenceFlow>0'
        "</referenceToReferenceFlow></quantitativeReference><time>"
        "<common:referenceYear>2020</common:referenceYear></time><geography>"
        f'<locationOfOperationSupplyOrProduction location="{process.location}"/></geography>'
        f"</processInformation><exchanges>{''.join(rows)}</exchanges></processDataSet>"
    )


def ilcd(path: Path) -> Path:
    return zipped(path, ilcd_texts())


def zipped(path: Path, texts: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


def rezipped(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a zip again with members changed; None leaves one out."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in held.items():
            new = change(name, content)
            if new is not None:
                archive.writestr(name, new)
    return path


WRITERS: Mapping[str, tuple[str, Callable[[Path], Path]]] = {
    "csv": ("toy.csv", sheet_csv),
    "excel": ("toy.xlsx", sheet_excel),
    "ecospold2": ("toy.zip", ecospold2),
    "ecospold1": ("toy.xml", ecospold1),
    "simapro": ("toy_simapro.csv", simapro),
    "openlca": ("toy_olca.zip", openlca),
    "ilcd": ("toy_ilcd.zip", ilcd),
    "datapackage": ("toy_bw.zip", datapackage),
}


def edited_json(content: bytes, change: Callable[[dict[str, object]], None]) -> bytes:
    document = json.loads(content)
    change(document)
    return json.dumps(document).encode()
