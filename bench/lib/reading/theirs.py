# theirs.py <library> <path> <rounds> [<folder of cdflib>] : as ours.mjs, with a library of Python, into arrays in the order of the machine.
import json
import sys
import time

library, path, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
if len(sys.argv) > 4:
    sys.path.insert(0, sys.argv[4])

import numpy

BOX = (slice(50, 150), slice(100, 200), slice(100, 200))
WHOLE = (slice(None), slice(None), slice(None))


def native(array):
    return numpy.ascontiguousarray(array, dtype=array.dtype.newbyteorder("="))


def netcdf4(box):
    import netCDF4

    with netCDF4.Dataset(path) as file:
        file.set_auto_maskandscale(False)
        return native(file.variables["v"][box])


def astropy(box):
    from astropy.io import fits

    with fits.open(path) as file:
        return native(file[0].data if box is WHOLE else file[0].section[box])


def gdal(box):
    from osgeo import gdal as library

    library.UseExceptions()
    cube = library.Open(path)
    if box is WHOLE:
        return native(cube.ReadAsArray())
    planes, rows, columns = box
    bands = [band + 1 for band in range(planes.start, planes.stop)]
    size = (columns.stop - columns.start, rows.stop - rows.start)
    return native(cube.ReadAsArray(columns.start, rows.start, *size, band_list=bands))


def cdflib(box):
    import cdflib as library

    file = library.CDF(path)
    if box is WHOLE:
        return native(file.varget("v"))
    planes, rows, columns = box
    return native(file.varget("v", startrec=planes.start, endrec=planes.stop - 1)[:, rows, columns])


read = {"netcdf4": netcdf4, "astropy": astropy, "gdal": gdal, "cdflib": cdflib}[library]


def timed(box):
    began, cpu = time.perf_counter(), time.process_time()
    array = read(box)
    ms, cpu = (time.perf_counter() - began) * 1000, (time.process_time() - cpu) * 1000
    flat = array.reshape(-1)
    return ms, cpu, float(flat[-1]) + float(flat[1])


timed(BOX)
whole, part, sums = {"ms": [], "cpu": []}, {"ms": [], "cpu": []}, []
for _ in range(rounds):
    all_of_it, some = timed(WHOLE), timed(BOX)
    for times, (ms, cpu, _) in ((whole, all_of_it), (part, some)):
        times["ms"].append(ms)
        times["cpu"].append(cpu)
    sums = [all_of_it[2], some[2]]
print(json.dumps({"whole": whole, "slice": part, "sums": sums}))
